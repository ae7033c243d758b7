/** A lock in the store: of all programs that share it, one at a time does a thing. */
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

const unlockScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;
const renewScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;

export interface StoreLock {
  /** Begins its time again. False when it was lost meanwhile. */
  readonly renew: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

/**
 * Takes the lock; undefined when another program has it. `lockMs` is longer than the work takes, or than it takes between
 * two renewals: a program that died holds it so long.
 */
export async function takeStoreLock(redis: Redis, key: string, lockMs: number): Promise<StoreLock | undefined> {
  const token = randomUUID();
  if ((await redis.set(key, token, "PX", lockMs, "NX")) !== "OK") return undefined;
  return {
    renew: async () => (await redis.eval(renewScript, 1, key, token, lockMs)) === 1,
    release: async () => {
      await redis.eval(unlockScript, 1, key, token);
    },
  };
}
