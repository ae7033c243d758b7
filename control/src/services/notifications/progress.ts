/** How far a channel has told, kept in the store. */
import type { NotificationChannel } from "@sipprot/shared/notification";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { z } from "zod";

const progressSchema = z.strictObject({
  /** Id of the last batch of events told; undefined while messages of attacks are off. */
  attacksAfterId: z.string().optional(),
  attacksSentAtMs: z.number().optional(),
  /** Local day of the last summary, or "before" when the first is to come; undefined while summaries are off. */
  dailyDoneOn: z.string().optional(),
  /** Failures since the last success. */
  failures: z.number().int().nonnegative(),
  nextTryAtMs: z.number().optional(),
});
export type Progress = z.infer<typeof progressSchema>;

/** Undefined when the channel has told nothing yet, or what is stored cannot be read. */
export async function readProgress(redis: Redis, key: string): Promise<Progress | undefined> {
  return readStoredJson(progressSchema, await redis.hget(redisKeys.notificationProgress, key));
}

export async function writeProgress(redis: Redis, key: string, progress: Progress): Promise<void> {
  await redis.hset(redisKeys.notificationProgress, key, JSON.stringify(progress));
}

/**
 * Forgets the channels that are not among these: one that is set up again later begins anew. Recipients who read another
 * language from now on go on where they were with the one before.
 */
export async function settleProgress(
  redis: Redis,
  configured: readonly { readonly name: NotificationChannel; readonly key: string }[],
): Promise<void> {
  const stored = await redis.hkeys(redisKeys.notificationProgress);
  for (const { name, key } of configured) {
    const other = stored.find((one) => one.split(":", 1)[0] === name);
    const progress = stored.includes(key) || other === undefined ? undefined : await readProgress(redis, other);
    if (progress !== undefined) await writeProgress(redis, key, { ...progress, failures: 0, nextTryAtMs: undefined });
  }
  const gone = stored.filter((one) => !configured.some(({ key }) => key === one));
  if (gone.length > 0) await redis.hdel(redisKeys.notificationProgress, ...gone);
}

/** Ends the pauses after failures: the settings were changed, so the next turn tries again. */
export async function endPauses(redis: Redis): Promise<void> {
  for (const key of await redis.hkeys(redisKeys.notificationProgress)) {
    const progress = await readProgress(redis, key);
    if (progress?.nextTryAtMs !== undefined) {
      await writeProgress(redis, key, { ...progress, failures: 0, nextTryAtMs: undefined });
    }
  }
}
