-- One slot.
if not open() then return {'lost'} end
local raw = redis.call('HGET', lives, ARGV[4])
if not raw then return answer('outside') end
return answer('ok', raw, redis.call('HGET', static, ARGV[4]))
