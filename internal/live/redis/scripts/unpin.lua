-- Gives a pinned hold its own end back. An ended hold is no error.
if not open() then return {'lost'} end
local token, id, by = ARGV[4], ARGV[5], ARGV[6]

local s, h = find(id, token)
if not h then
  return answer(gone(s, token, by) == 'unknown' and 'unknown' or 'ok')
end
if h.i ~= by then return answer('unknown') end
h.p = nil
due(h)
save(id, s)
return answer('ok')
