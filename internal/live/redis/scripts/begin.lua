-- Empties the territory under a new epoch. Fences rise on.
if epoch ~= ARGV[4] or not continuous() then
  for _, token in ipairs(redis.call('ZRANGE', exp, 0, -1)) do
    local s, h, i = find(string.match(token, '^[^~]*~([^~]*)~'), token)
    if h then finish(s, i) end
  end
  redis.call('UNLINK', meta, static, lives, exp, who, log)
  epoch, seq, ready = ARGV[4], 0, false
  fence = math.max(fence, tonumber(ARGV[6]))
  redis.call('HSET', meta, 'run', RUN, 'epoch', epoch, 'seq', 0, 'ready', 0,
    'fence', string.format('%.0f', fence), 'begun', ARGV[5])
  redis.call('PUBLISH', channel, 'b')
end
return answer('ok')
