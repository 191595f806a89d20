-- Brings slots to their records, by revision. From ARGV[4] on, eight values a
-- record: id, slot as JSON, revision, start, end, seats, withdrawn, booked.
-- While the territory is filled nobody is told, and slots are written together.
if epoch == '' or not continuous() then return {'lost'} end
if #ARGV < 4 then return answer('ok') end

local ids, known = {}, {}
for at = 4, #ARGV, 8 do ids[#ids + 1] = ARGV[at] end
for n, raw in ipairs(redis.call('HMGET', lives, unpack(ids))) do
  if raw then known[ids[n]] = parse(raw) end
end

local filled, texts = {}, {}
local function fill(id, text, raw)
  filled[#filled + 1], texts[#texts + 1] = id, id
  filled[#filled + 1], texts[#texts + 1] = raw, text
end

-- first is written(s) of a slot nobody knew, without the detour by a table.
local function first(at)
  local raw = '{"r":' .. ARGV[at + 2] .. ',"t":' .. ARGV[at + 3] .. ',"e":' .. ARGV[at + 4] .. ',"n":' .. ARGV[at + 5]
  if ARGV[at + 6] == '1' then raw = raw .. ',"w":true' end
  if ARGV[at + 7] ~= '' then raw = raw .. ',"b":[' .. ARGV[at + 7] .. ']' end
  return raw .. '}'
end

local function apply(at)
  local id = ARGV[at]
  if not ready and not known[id] then
    local raw = first(at)
    known[id] = raw
    return fill(id, ARGV[at + 1], raw)
  end
  local revision = tonumber(ARGV[at + 2])
  local s = known[id] or {h = {}}
  if type(s) == 'string' then s = parse(s) end
  if s.r and revision <= s.r then return end
  known[id] = s
  s.r, s.t, s.e, s.n = revision, tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5])
  s.w = ARGV[at + 6] == '1' or nil
  s.g, s.b = nil, {}
  for n in string.gmatch(ARGV[at + 7], '%d+') do s.b[#s.b + 1] = tonumber(n) end
  for i = #s.h, 1, -1 do
    local h = s.h[i]
    if s.w or h.s > s.n or holds(s.b, h.s) then finish(s, i) end
  end
  if ready then
    redis.call('HSET', static, id, ARGV[at + 1])
    emit(id, s)
    return
  end
  fill(id, ARGV[at + 1], written(s))
end

for at = 4, #ARGV, 8 do apply(at) end
if #filled > 0 then
  redis.call('HSET', static, unpack(texts))
  redis.call('HSET', lives, unpack(filled))
end
return answer('ok')
