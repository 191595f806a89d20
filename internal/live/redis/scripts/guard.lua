-- Refuses new holds on a slot that nobody holds now.
if not open() then return {'lost'} end
sweep(tonumber(ARGV[4]))
local s = load(ARGV[5])
if not s then return answer('ok') end
if #s.h > 0 then return answer('held', first(s)) end
s.g = tonumber(ARGV[6])
save(ARGV[5], s)
return answer('ok')
