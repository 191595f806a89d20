-- Forgets slots that ended before a time, and their holds, without events.
if not open() then return {'lost'} end
local before = tonumber(ARGV[4])
for _, id in ipairs(redis.call('HKEYS', lives)) do
  local s = load(id)
  if s.e < before then
    while #s.h > 0 do finish(s, 1) end
    redis.call('HDEL', lives, id)
    redis.call('HDEL', static, id)
  end
end
return answer('ok')
