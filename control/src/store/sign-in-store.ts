/**
 * Failed sign-ins in Redis, and where an account signed in before.
 *
 * An attempt counts as failed before it is looked at, and is taken back when it succeeds: a thousand at once are a
 * thousand, not one.
 */
import { createHash } from "node:crypto";
import { KNOWN_SOURCE_SECONDS, MAX_KNOWN_SOURCES, redisKeys, SIGN_IN_MEMORY_SECONDS } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";

/** How many failures are free, and how long the pause after them becomes at most; it doubles from one second. */
interface Limit {
  readonly free: number;
  readonly maxPauseMs: number;
}
/** One account from one source: a person who mistypes five times waits; a guesser gets four guesses an hour. */
const PAIR: Limit = { free: 5, maxPauseMs: 900_000 };
/** One source, whatever the account. Does not hold for accounts that signed in from there before: an office. */
const SOURCE: Limit = { free: 20, maxPauseMs: 60_000 };
/** One account, whatever the source. Does not hold at sources it signed in from before: nobody can lock it out there. */
const ACCOUNT: Limit = { free: 20, maxPauseMs: 5000 };

const attemptScript = `
local now = tonumber(ARGV[1])
local longest = 0
for index = 1, #KEYS do
  local kept = redis.call('HMGET', KEYS[index], 'n', 'at')
  local over = tonumber(kept[1] or '0') - tonumber(ARGV[1 + 2 * index])
  if over >= 0 then
    local pause = math.min(tonumber(ARGV[2 + 2 * index]), 1000 * 2 ^ math.min(over, 20))
    local at = tonumber(kept[2] or '0')
    -- The clock was set back since: the pause begins now.
    if at > now then
      at = now
      redis.call('HSET', KEYS[index], 'at', ARGV[1])
    end
    longest = math.max(longest, at + pause - now)
  end
end
if longest > 0 then return math.ceil(longest) end
for index = 1, #KEYS do
  redis.call('HINCRBY', KEYS[index], 'n', 1)
  redis.call('HSET', KEYS[index], 'at', ARGV[1])
  redis.call('EXPIRE', KEYS[index], ARGV[2])
end
return 0`;

/** An attempt that was counted, or has to wait. */
export interface Attempt {
  /** 0, or how long to wait first; such an attempt is not counted. */
  readonly waitMs: number;
  /** Where it was counted; the first is the pair of account and source. */
  readonly keys: readonly string[];
}

/** Counts an attempt as failed. */
export async function countAttempt(redis: Redis, account: string, source: string, nowMs: number): Promise<Attempt> {
  const isKnown = (await redis.zscore(redisKeys.signInSources(digest(account)), source)) !== null;
  const limits: ReadonlyArray<readonly [string, Limit]> = [
    [pairKey(account, source), PAIR],
    ...(isKnown
      ? []
      : ([
          [sourceKey(source), SOURCE],
          [accountKey(account), ACCOUNT],
        ] as const)),
  ];
  const args = limits.flatMap(([, limit]) => [limit.free, limit.maxPauseMs]);
  const keys = limits.map(([key]) => key);
  const waitMs = Number(await redis.eval(attemptScript, keys.length, ...keys, nowMs, SIGN_IN_MEMORY_SECONDS, ...args));
  return { waitMs, keys };
}

/**
 * Takes a counted attempt back. One that succeeded clears the failures of its pair; one that only lacked the second
 * factor does not, or the right password would give guesses at the code for nothing.
 */
export async function takeAttemptBack(redis: Redis, { keys }: Attempt, succeeded: boolean): Promise<void> {
  const [pair = "", ...others] = keys;
  if (succeeded) await redis.del(pair);
  for (const key of succeeded ? others : keys) {
    // One that expired meanwhile must not go below nothing.
    if (Number((await redis.hget(key, "n")) ?? 0) > 0) await redis.hincrby(key, "n", -1);
  }
}

/** Remembers that an account signed in from a source. */
export async function rememberSource(redis: Redis, account: string, source: string, nowMs: number): Promise<void> {
  const key = redisKeys.signInSources(digest(account));
  await redis
    .multi()
    .zadd(key, nowMs, source)
    .zremrangebyscore(key, "-inf", nowMs - KNOWN_SOURCE_SECONDS * 1000)
    .zremrangebyrank(key, 0, -(MAX_KNOWN_SOURCES + 1))
    .expire(key, KNOWN_SOURCE_SECONDS)
    .exec();
}

/** Forgets where an account signed in, as when it is removed. */
export async function forgetSources(redis: Redis, account: string): Promise<void> {
  await redis.del(redisKeys.signInSources(digest(account)));
}

const pairKey = (account: string, source: string) => redisKeys.signInFailures(digest(`pair ${account} ${source}`));
const sourceKey = (source: string) => redisKeys.signInFailures(digest(`source ${source}`));
const accountKey = (account: string) => redisKeys.signInFailures(digest(`account ${account}`));

/** Whatever is typed makes a key of one size. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
