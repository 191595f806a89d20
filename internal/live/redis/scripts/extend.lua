-- Puts the end of a hold off, once. The same call of the same moment is the same
-- extension.
if not open() then return {'lost'} end
local now, token, id, by, more = tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7], tonumber(ARGV[8])
sweep(now)

local s, h = find(id, token)
if not h then return answer(gone(s, token, by)) end
if h.i ~= by then return answer('unknown') end
if h.x and h.x ~= now then return answer('extended') end
if not h.x then
  h.x, h.u = now, h.u + more
  due(h)
  emit(id, s)
end
return answer('ok', told(h))
