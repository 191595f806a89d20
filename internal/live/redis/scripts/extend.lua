-- Moves the end of a hold, once. The same end asked again is the same extension.
if not open() then return {'lost'} end
local token, id, by, till = ARGV[5], ARGV[6], ARGV[7], tonumber(ARGV[8])
sweep(tonumber(ARGV[4]))

local s, h = find(id, token)
if not h then return answer(gone(s, token, by)) end
if h.i ~= by then return answer('unknown') end
if h.x and h.u ~= till then return answer('extended') end
if not h.x then
  h.x, h.u = true, till
  due(h)
  emit(id, s)
end
return answer('ok', told(h))
