-- Shows one five-minute window whole: all its platforms and regions, or that it is empty.
-- KEYS: the index of windows; what is shown of this window; when windows expire
-- ARGV: warehouse, version, time to live (ms), the window's start, the same as epoch second, its end, time of reading,
--       then for each line: key, order_count, total_revenue_vnd, avg_order_value_vnd ("" for none)
-- Returns 1, or 0 where something newer is shown already.
local shown = redis.call('HMGET', KEYS[2], 'warehouse', 'version', 'keys')
if shown[1] == ARGV[1] and tonumber(shown[2]) > tonumber(ARGV[2]) then
  return 0
end

local ttl = tonumber(ARGV[3])
local keys = {}
local kept = {}
for i = 8, #ARGV, 4 do
  local key = ARGV[i]
  redis.call('DEL', key)
  redis.call('HSET', key, 'order_count', ARGV[i + 1], 'total_revenue_vnd', ARGV[i + 2],
    'window_start', ARGV[4], 'window_end', ARGV[6], 'updated_at', ARGV[7])
  if ARGV[i + 3] ~= '' then
    redis.call('HSET', key, 'avg_order_value_vnd', ARGV[i + 3])
  end
  redis.call('PEXPIRE', key, ttl)
  keys[#keys + 1] = key
  kept[key] = true
end
for _, key in ipairs(cjson.decode(shown[3] or '[]')) do
  if not kept[key] then
    redis.call('DEL', key)
  end
end

-- Kept for an empty window too: a reading from before it was emptied must not fill it again.
redis.call('HSET', KEYS[2], 'warehouse', ARGV[1], 'version', ARGV[2], 'keys', cjson.encode(keys))
redis.call('PEXPIRE', KEYS[2], ttl)

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if #keys > 0 then
  redis.call('ZADD', KEYS[1], ARGV[5], ARGV[4])
  redis.call('ZADD', KEYS[3], now + ttl, ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ttl)
  redis.call('PEXPIRE', KEYS[3], ttl)
else
  redis.call('ZREM', KEYS[1], ARGV[4])
  redis.call('ZREM', KEYS[3], ARGV[4])
end
for _, start in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 100)) do
  redis.call('ZREM', KEYS[1], start)
  redis.call('ZREM', KEYS[3], start)
end
return 1
