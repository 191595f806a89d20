-- Empties the territory under a new epoch, of a higher generation than any that
-- is known. Fences rise on. Unless ARGV[8] is 1, only when nobody else has it or
-- is at it.
local mine, whole = string.sub(epoch, -#ARGV[4]) == ARGV[4], continuous()
if ARGV[8] ~= '1' and whole and not mine and (ready or tended(tonumber(ARGV[5]))) then
  return answer('other')
end
if not mine or not whole then
  for _, token in ipairs(redis.call('ZRANGE', exp, 0, -1)) do
    local s, h, i = find(string.match(token, '^[^~]*~([^~]*)~'), token)
    if h then finish(s, i) end
  end
  redis.call('UNLINK', meta, static, lives, exp, who, log)
  local born = math.max(tonumber(ARGV[6]), generation(epoch) + 1, generation(ARGV[2]) + 1)
  epoch, seq, ready = string.format('%.0f-', born) .. ARGV[4], 0, false
  fence = math.max(fence, tonumber(ARGV[6]), tonumber(ARGV[7]))
  redis.call('HSET', meta, 'run', RUN, 'epoch', epoch, 'seq', 0, 'ready', 0,
    'fence', string.format('%.0f', fence), 'begun', ARGV[5])
  redis.call('PUBLISH', channel, 'b')
end
return answer('ok')
