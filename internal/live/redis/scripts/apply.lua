-- Brings slots to their records, by revision. From ARGV[4] on, eight values a
-- record: id, slot as JSON, revision, start, end, seats, withdrawn, booked.
if epoch == '' or not continuous() then return {'lost'} end

local function apply(at)
  local id, revision = ARGV[at], tonumber(ARGV[at + 2])
  local s = load(id) or {h = {}}
  if s.r and revision <= s.r then return end
  s.r, s.t, s.e, s.n = revision, tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5])
  s.w = ARGV[at + 6] == '1' or nil
  s.g, s.b = nil, {}
  for n in string.gmatch(ARGV[at + 7], '%d+') do s.b[#s.b + 1] = tonumber(n) end
  for i = #s.h, 1, -1 do
    local h = s.h[i]
    if s.w or h.s > s.n or holds(s.b, h.s) then finish(s, i) end
  end
  redis.call('HSET', static, id, ARGV[at + 1])
  emit(id, s)
end

for at = 4, #ARGV, 8 do apply(at) end
return answer('ok')
