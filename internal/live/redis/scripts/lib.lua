-- What every script shares. RUN and REBUILDING stand above, set by
-- the loader.
-- ARGV: channel, last known epoch and seq of the caller, then the script's own.
local meta, static, lives, exp, who, log, was =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local channel = ARGV[1]

local head = redis.call('HMGET', meta, 'run', 'epoch', 'seq', 'ready', 'fence', 'begun')
local epoch, seq = head[2] or '', tonumber(head[3] or '0')
local ready = head[4] == '1'
local fence = tonumber(head[5] or '0')

-- generation is the number that epochs of a territory rise by.
local function generation(of)
  return tonumber(string.match(of, '^(%d+)-') or '-1')
end

-- continuous is false when events may have been lost since somebody knew them.
local function continuous()
  if not head[1] or head[1] ~= RUN then return false end
  local known = ARGV[2]
  if epoch == known and seq < tonumber(ARGV[3]) or epoch ~= known and generation(epoch) < generation(known) then
    redis.call('HDEL', meta, 'run')
    return false
  end
  return true
end

local function open() return ready and continuous() end

-- tended reports whether somebody was at a rebuild of the territory lately. A
-- time far ahead is of a clock that was set back since.
local function tended(now)
  return math.abs(now - tonumber(head[6] or '0')) <= REBUILDING
end

local function answer(status, a, b)
  return {status, epoch, seq, a or '', b or ''}
end

-- Slots. Empty arrays are left out, as cjson would write them as objects.
local function parse(raw)
  local s = cjson.decode(raw)
  s.h, s.b = s.h or {}, s.b or {}
  return s
end

local function written(s)
  local h, b = s.h, s.b
  if #h == 0 then s.h = nil end
  if #b == 0 then s.b = nil end
  local raw = cjson.encode(s)
  s.h, s.b = h, b
  return raw
end

local function load(id)
  local raw = redis.call('HGET', lives, id)
  return raw and parse(raw) or nil
end

local function save(id, s)
  local raw = written(s)
  redis.call('HSET', lives, id, raw)
  return raw
end

-- emit saves the slot and tells everybody. A territory that is being rebuilt
-- has nobody to tell. The sequence is written first: whatever failed after it
-- would be a gap that readers see.
local function emit(id, s)
  local raw = save(id, s)
  if not ready then return end
  seq = seq + 1
  redis.call('HSET', meta, 'seq', seq, 'fence', string.format('%.0f', fence))
  local event = epoch .. '\n' .. string.format('%.0f', seq) .. '\n' .. raw .. '\n' .. (redis.call('HGET', static, id) or '')
  redis.call('XADD', log, 'MAXLEN', '~', 8192, string.format('%.0f-0', seq), 'e', event)
  redis.call('PUBLISH', channel, 'e' .. event)
end

local function holds(list, seat)
  for _, n in ipairs(list) do
    if n == seat then return true end
  end
  return false
end

local function occupied(s, seat)
  for _, h in ipairs(s.h) do
    if h.s == seat then return true end
  end
  return holds(s.b, seat)
end

-- find returns the token's slot, and its hold with its place there, if any.
local function find(id, token)
  local s = load(id)
  if s then
    for i, h in ipairs(s.h) do
      if h.k == token then return s, h, i end
    end
  end
  return s
end

-- finish takes a hold out of its slot and every index, and remembers it.
local function finish(s, i)
  local h = table.remove(s.h, i)
  redis.call('ZREM', exp, h.k)
  if not h.d and redis.call('HINCRBY', who, h.i, -1) <= 0 then
    redis.call('HDEL', who, h.i)
  end
  redis.call('SET', was .. h.k, cjson.encode({i = h.i, s = h.s}), 'EX', 900)
end

-- gone says what became of a token that is no live hold.
local function gone(s, token, by)
  local raw = redis.call('GET', was .. token)
  if not raw then return 'unknown' end
  local h = cjson.decode(raw)
  if h.i ~= by then return 'unknown' end
  if s and occupied(s, h.s) then return 'superseded' end
  return 'expired'
end

local function due(h)
  redis.call('ZADD', exp, math.max(h.u, h.p or 0), h.k)
end

-- told is a hold as Go reads it; all values are there, as nil would end them.
local function told(h)
  return {h.k, h.f, h.s, h.i, h.n, h.c, h.u, h.x and 1 or 0}
end

-- first is the hold that ends first.
local function first(s)
  local f = s.h[1]
  for _, h in ipairs(s.h) do
    if h.u < f.u then f = h end
  end
  return told(f)
end

-- sweep ends the holds whose time has come, with one event a slot.
local function sweep(now)
  local tokens = redis.call('ZRANGEBYSCORE', exp, '-inf', now)
  if #tokens == 0 then return 0 end
  local slots, order, ended = {}, {}, 0
  for _, token in ipairs(tokens) do
    local id = string.match(token, '^[^~]*~([^~]*)~')
    if not slots[id] then
      slots[id] = load(id)
      if slots[id] then order[#order + 1] = id end
    end
    for i, h in ipairs(slots[id] and slots[id].h or {}) do
      if h.k == token then
        finish(slots[id], i)
        ended = ended + 1
        break
      end
    end
  end
  for _, id in ipairs(order) do emit(id, slots[id]) end
  return ended
end
