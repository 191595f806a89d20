-- Keeps a hold until a time at least, while SQL works. Nobody sees a difference.
if not open() then return {'lost'} end
local token, id, by = ARGV[5], ARGV[6], ARGV[7]
sweep(tonumber(ARGV[4]))

local s, h = find(id, token)
if not h then return answer(gone(s, token, by)) end
if h.i ~= by then return answer('unknown') end
h.p = tonumber(ARGV[8])
due(h)
save(id, s)
return answer('ok', told(h))
