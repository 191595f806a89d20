-- The events after a position, as many as asked for, if the log still has them
-- all.
if not open() then return {'lost'} end
local from = tonumber(ARGV[5])
if ARGV[4] ~= epoch or from < 0 or from > seq then return answer('gap') end
if from == seq then return answer('ok', {}) end
if redis.call('XLEN', log) < seq - from then return answer('gap') end
local most, events = math.min(tonumber(ARGV[6]), seq - from), {}
for _, entry in ipairs(redis.call('XRANGE', log, string.format('%.0f-0', from + 1), '+', 'COUNT', most)) do
  events[#events + 1] = entry[2][2]
end
if #events ~= most then return answer('gap') end
return answer('ok', events)
