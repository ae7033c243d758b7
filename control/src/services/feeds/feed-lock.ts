/** The lock of the feeds: one program at a time changes their copies and their entries on the denylist. */
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import { type StoreLock, takeStoreLock } from "../store-lock.ts";

/** Longer than one feed takes: a minute to fetch, some to write 200,000 entries. Renewed for each. */
export const FEED_LOCK_MS = 600_000;

/** Takes the lock; undefined when another program has it. */
export async function takeFeedLock(redis: Redis): Promise<StoreLock | undefined> {
  return await takeStoreLock(redis, redisKeys.feedLock, FEED_LOCK_MS);
}
