-- Says that the rebuild of an epoch goes on.
if not continuous() or epoch == '' or epoch ~= ARGV[4] then return answer('other') end
redis.call('HSET', meta, 'begun', ARGV[5])
return answer('ok')
