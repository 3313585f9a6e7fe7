-- KEYS: balances of the guild, its ledger, the idempotency key. ARGV: payer, receiver, coins, most coins, time, seconds a key is kept.
-- Gives 1 when coins moved, now or when the key was first seen, and 0 when they are wanting.
if redis.call('EXISTS', KEYS[3]) == 1 then return 1 end
local coins = tonumber(ARGV[3])
local held = tonumber(redis.call('HGET', KEYS[1], ARGV[1]))
local reached = tonumber(redis.call('HGET', KEYS[1], ARGV[2])) + coins
if held < coins or reached > tonumber(ARGV[4]) then return 0 end
redis.call('HINCRBY', KEYS[1], ARGV[1], -coins)
redis.call('HINCRBY', KEYS[1], ARGV[2], coins)
redis.call('RPUSH', KEYS[2], ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[5])
redis.call('SET', KEYS[3], '1', 'EX', ARGV[6])
return 1
