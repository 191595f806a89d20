-- Every slot at one position.
if not open() then return {'lost'} end
return answer('ok', redis.call('HGETALL', lives), redis.call('HGETALL', static))
