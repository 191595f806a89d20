-- Forgets those of the slots named that ended before a time, and their holds,
-- without events.
if not open() then return {'lost'} end
local before = tonumber(ARGV[4])
for at = 5, #ARGV do
  local s = load(ARGV[at])
  if s and s.e < before then
    while #s.h > 0 do finish(s, 1) end
    redis.call('HDEL', lives, ARGV[at])
    redis.call('HDEL', static, ARGV[at])
  end
end
return answer('ok')
