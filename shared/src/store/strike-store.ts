/** How often each source was blocked, with the time of the last: read whole, and added to what is there. */
import type { Redis } from "ioredis";
import { MAX_STRIKES, redisKeys } from "../redis-keys.ts";
import { scanHash } from "./hash-scan.ts";

export interface Strikes {
  readonly source: string;
  readonly strikes: number;
  /** When the last block began. */
  readonly lastAtMs: number;
}

/** Sources written at a time. */
const STEP = 500;

/** All sources that were blocked, in portions, in no order. */
export async function* readStrikesWithTimes(redis: Redis): AsyncGenerator<Strikes[]> {
  for await (const portion of scanHash(redis, redisKeys.strikes)) {
    const times = await redis.zmscore(redisKeys.strikesByTime, ...portion.map(([source]) => source));
    yield portion.flatMap(([source, strikes], index) => {
      const lastAtMs = times[index] ?? null;
      return lastAtMs === null ? [] : [{ source, strikes: Number(strikes), lastAtMs: Number(lastAtMs) }];
    });
  }
}

const addScript = `
for index = 2, #ARGV, 3 do
  local source, strikes = ARGV[index], tonumber(ARGV[index + 1])
  if strikes > tonumber(redis.call('HGET', KEYS[1], source) or '0') then
    redis.call('HSET', KEYS[1], source, ARGV[index + 1])
  end
  redis.call('ZADD', KEYS[2], 'GT', ARGV[index + 2], source)
end
local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[1])
if surplus > 0 then
  local gone = redis.call('ZPOPMIN', KEYS[2], surplus)
  for index = 1, #gone, 2 do redis.call('HDEL', KEYS[1], gone[index]) end
end
return 0`;

/** Adds strikes to what is remembered: of each source the higher number and the later time count. */
export async function addStrikes(redis: Redis, all: readonly Strikes[]): Promise<void> {
  for (let start = 0; start < all.length; start += STEP) {
    const flat = all.slice(start, start + STEP).flatMap(({ source, strikes, lastAtMs }) => [source, strikes, lastAtMs]);
    await redis.eval(addScript, 2, redisKeys.strikes, redisKeys.strikesByTime, MAX_STRIKES, ...flat);
  }
}
