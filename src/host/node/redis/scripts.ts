// What becomes of a session in Redis, each as one step that nothing comes between (EVAL). A session has three keys: `meta` (epoch,
// version, and at which version the snapshot was taken), `log` (the changes since then) and `snapshot`. All three expire together.

/** ARGV: epoch, version, milliseconds until it expires. Gives epoch, version, the snapshot where it is needed, the changes after it. */
export const pullScript = `
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'version', 'base')
if not meta[1] then return {} end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[3]) end
local base = tonumber(meta[3])
local from = tonumber(ARGV[2])
if meta[1] ~= ARGV[1] or from < base or from > tonumber(meta[2]) then
  return {meta[1], meta[2], redis.call('GET', KEYS[3]) or '', redis.call('LRANGE', KEYS[2], 0, -1)}
end
return {meta[1], meta[2], false, redis.call('LRANGE', KEYS[2], from - base, -1)}
`;

/**
 * ARGV: epoch ('' where the session is not known), version, milliseconds, the change, an epoch for a new session.
 * Gives epoch, version, and the bytes of the log and of the snapshot; nothing where the session is not at this version.
 */
export const commitScript = `
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'version')
if (meta[1] or '') ~= ARGV[1] then return {} end
if meta[1] and meta[2] ~= ARGV[2] then return {} end
if not meta[1] then
  redis.call('DEL', KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[5], 'version', 0, 'base', 0, 'bytes', 0)
end
redis.call('RPUSH', KEYS[2], ARGV[4])
local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
local bytes = redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[4])
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[3]) end
return {redis.call('HGET', KEYS[1], 'epoch'), tostring(version), tostring(bytes), tostring(redis.call('STRLEN', KEYS[3]))}
`;

/** ARGV: epoch, the version of the snapshot, milliseconds, the snapshot. It takes the place of the changes before it. */
export const compactScript = `
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'base')
local version = tonumber(ARGV[2])
if meta[1] ~= ARGV[1] or version <= tonumber(meta[2]) then return 0 end
redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[3])
redis.call('LTRIM', KEYS[2], version - tonumber(meta[2]), -1)
local bytes = 0
for _, change in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do bytes = bytes + #change end
redis.call('HSET', KEYS[1], 'base', version, 'bytes', bytes)
return 1
`;
