-- Opens a territory filled since its epoch began.
if not continuous() or epoch == '' or epoch ~= ARGV[4] then return answer('other') end
redis.call('HSET', meta, 'ready', 1)
redis.call('PUBLISH', channel, 'b')
return answer('ok')
