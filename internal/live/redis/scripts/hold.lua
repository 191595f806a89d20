-- Takes the lowest free seat for a person.
if not open() then return {'lost'} end
local now, micros, token, id, by = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6], ARGV[7], ARGV[8]
local limit, direct = tonumber(ARGV[12]), ARGV[13] == '1'
sweep(now)

local s, mine = find(id, token)
if mine then
  if mine.i ~= by then return answer('unknown') end
  return answer('ok', told(mine))
end
if redis.call('EXISTS', was .. token) == 1 then return answer('expired') end
if not s then return answer('outside') end
if s.w or (s.g and s.g > now) then return answer('withdrawn') end
if s.t <= now then return answer('past') end

local seat, place = 1, 1
while seat <= s.n do
  if s.h[place] and s.h[place].s == seat then
    place = place + 1
  elseif not holds(s.b, seat) then
    break
  end
  seat = seat + 1
end
if seat > s.n then
  return answer('taken', #s.h > 0 and first(s) or nil)
end
if limit > 0 and not direct and tonumber(redis.call('HGET', who, by) or '0') >= limit then
  return answer('limit')
end

fence = math.max(fence + 1, micros)
local h = {
  k = token, f = string.format('%.0f', fence), s = seat,
  i = by, n = ARGV[9], c = ARGV[10], u = tonumber(ARGV[11]),
}
if direct then h.d = true else redis.call('HINCRBY', who, by, 1) end
table.insert(s.h, place, h)
due(h)
emit(id, s)
return answer('ok', told(h))
