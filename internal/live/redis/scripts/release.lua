-- Frees a held seat. A hold that ended before is no error for its holder.
if not open() then return {'lost'} end
local token, id, by = ARGV[5], ARGV[6], ARGV[7]
sweep(tonumber(ARGV[4]))

local s, h, i = find(id, token)
if not h then
  return answer(gone(s, token, by) == 'unknown' and 'unknown' or 'ok')
end
if h.i ~= by then return answer('unknown') end
finish(s, i)
emit(id, s)
return answer('ok')
