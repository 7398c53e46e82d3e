/** The server's clock, in milliseconds: processes need not agree on theirs. */
const now = `local time = redis.call('TIME') local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Keeps a key at least so long, and no key for ever. */
const keep = `local function keep(key, ms) if redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, ms) end end`;

/**
 * A sliding window of 60 buckets. An amount is free again at most a sixtieth of the window late.
 * What is given back is taken from the oldest: what is left counts for as long as it may, never for less.
 * KEYS: window. ARGV: amount, limit, window in ms. Gives taken, left, wait.
 */
export const spendScript = `${now} ${keep}
local amount, limit, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local step = math.max(1, math.ceil(window / 60))
local sum, buckets = 0, {}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local bucket = tonumber(all[i])
  if (bucket + 1) * step + window <= now then redis.call('HDEL', KEYS[1], all[i])
  else sum = sum + tonumber(all[i + 1]) table.insert(buckets, { bucket, tonumber(all[i + 1]) }) end
end
if amount > 0 and sum + amount > limit then
  table.sort(buckets, function(a, b) return a[1] < b[1] end)
  local freed, wait = 0, window
  for _, bucket in ipairs(buckets) do
    freed = freed + bucket[2]
    if freed >= sum + amount - limit then wait = (bucket[1] + 1) * step + window - now break end
  end
  return { 0, math.max(0, limit - sum), math.max(1, wait) }
end
if amount < 0 then
  table.sort(buckets, function(a, b) return a[1] < b[1] end)
  local back = -amount
  for _, bucket in ipairs(buckets) do
    local part = math.min(back, bucket[2])
    back = back - part
    if part == bucket[2] then redis.call('HDEL', KEYS[1], bucket[1])
    elseif part > 0 then redis.call('HINCRBY', KEYS[1], bucket[1], -part) end
  end
elseif amount > 0 then redis.call('HINCRBY', KEYS[1], math.floor(now / step), amount) end
keep(KEYS[1], window + step)
return { 1, limit - math.max(0, sum + amount), 0 }`;

/** KEYS: places. ARGV: holder, limit, ttl in ms. Gives 1 when the place is held. */
export const leaseScript = `${now} ${keep}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[1])
keep(KEYS[1], tonumber(ARGV[3]))
return 1`;

/**
 * Names what the server remembers. The name changes when the server was emptied, because the key is gone, and when the
 * server restarted or a replica took its place, because the run ID differs: a snapshot or a replica may miss the last writes.
 * A server that does not tell its run ID is named by the key alone. KEYS: the name. ARGV: a new one, ttl in ms.
 */
export const generationScript = `local name = redis.call('GET', KEYS[1]) or ARGV[1]
redis.call('SET', KEYS[1], name, 'PX', ARGV[2])
local info = redis.pcall('INFO', 'server')
return name .. '.' .. (type(info) == 'string' and string.match(info, 'run_id:(%w+)') or '')`;

const line = `local order, tickets, seen, ends, held, fences, minute, meta = unpack(KEYS)
local function drop(ticket)
  local member = redis.call('HGET', tickets, ticket)
  if member then redis.call('ZREM', order, member) end
  redis.call('HDEL', tickets, ticket)
  redis.call('ZREM', seen, ticket)
end`;

/**
 * Start-time fair queueing, as in fair-line.ts. Members of \`order\` begin with their arrival, so that equal start tags are
 * served in order. A fence is never lower than the clock: it grows even after the line was forgotten.
 * ARGV: ticket, user, slots or -1, turns per minute or -1, ttl of a slot and of a waiting ticket in ms. Gives granted, and the fence or the position.
 */
export const takeTurnScript = `${now} ${keep} ${line}
local ticket, user, slots, perMinute = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local ttl, wait = tonumber(ARGV[5]), tonumber(ARGV[6])
for _, old in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - wait)) do drop(old) end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', held, '-inf', now)) do
  redis.call('ZREM', held, old) redis.call('HDEL', fences, old)
end
redis.call('ZREMRANGEBYSCORE', minute, '-inf', now - 60000)
local function kept() for _, key in ipairs(KEYS) do keep(key, math.max(ttl, wait, 60000) * 2) end end
if redis.call('ZSCORE', held, ticket) then
  redis.call('ZADD', held, now + ttl, ticket)
  kept()
  return { 1, tonumber(redis.call('HGET', fences, ticket)) }
end
local served = tonumber(redis.call('HGET', meta, 'served') or 0)
local member = redis.call('HGET', tickets, ticket)
if not member then
  local start = math.max(served, tonumber(redis.call('HGET', ends, user) or 0))
  redis.call('HSET', ends, user, start + 1)
  member = string.format('%015d:%s', redis.call('HINCRBY', meta, 'arrivals', 1), ticket)
  redis.call('ZADD', order, start, member)
  redis.call('HSET', tickets, ticket, member)
end
redis.call('ZADD', seen, now, ticket)
local rank = redis.call('ZRANK', order, member)
local full = (slots >= 0 and redis.call('ZCARD', held) >= slots) or (perMinute >= 0 and redis.call('ZCARD', minute) >= perMinute)
if rank > 0 or full then kept() return { 0, rank + 1 } end
local start = tonumber(redis.call('ZSCORE', order, member))
drop(ticket)
redis.call('HSET', meta, 'served', start)
local all = redis.call('HGETALL', ends)
for i = 1, #all, 2 do if tonumber(all[i + 1]) <= start then redis.call('HDEL', ends, all[i]) end end
local fence = math.max(tonumber(redis.call('HGET', meta, 'fence') or 0) + 1, now)
redis.call('HSET', meta, 'fence', fence)
if slots >= 0 then redis.call('ZADD', held, now + ttl, ticket) redis.call('HSET', fences, ticket, fence) end
if perMinute >= 0 then redis.call('ZADD', minute, now, fence) end
kept()
return { 1, fence }`;

/** ARGV: ticket, linger in ms. */
export const leaveLineScript = `${now} ${line}
drop(ARGV[1])
if tonumber(ARGV[2]) > 0 then redis.call('ZADD', held, 'XX', now + tonumber(ARGV[2]), ARGV[1])
else redis.call('ZREM', held, ARGV[1]) redis.call('HDEL', fences, ARGV[1]) end
return 1`;
