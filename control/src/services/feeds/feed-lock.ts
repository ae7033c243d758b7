/** The lock of the feeds: one program at a time changes their copies and their entries on the denylist. */
import { randomUUID } from "node:crypto";
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";

/** Longer than one feed takes: a minute to fetch, some to write 200,000 entries. Renewed for each. */
const LOCK_MS = 600_000;

const unlockScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;
const renewScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;

export interface FeedLock {
  /** Begins its time again. False when it was lost meanwhile. */
  readonly renew: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

/** Takes the lock; undefined when another program has it. */
export async function takeFeedLock(redis: Redis): Promise<FeedLock | undefined> {
  const token = randomUUID();
  if ((await redis.set(redisKeys.feedLock, token, "PX", LOCK_MS, "NX")) !== "OK") return undefined;
  return {
    renew: async () => (await redis.eval(renewScript, 1, redisKeys.feedLock, token, LOCK_MS)) === 1,
    release: async () => {
      await redis.eval(unlockScript, 1, redisKeys.feedLock, token);
    },
  };
}
