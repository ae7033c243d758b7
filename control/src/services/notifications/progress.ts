/** How far a channel has told, kept in the store. */
import { type NotificationChannel, notificationChannels } from "@sipprot/shared/notification";
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
export async function readProgress(redis: Redis, channel: NotificationChannel): Promise<Progress | undefined> {
  return readStoredJson(progressSchema, await redis.hget(redisKeys.notificationProgress, channel));
}

export async function writeProgress(redis: Redis, channel: NotificationChannel, progress: Progress): Promise<void> {
  await redis.hset(redisKeys.notificationProgress, channel, JSON.stringify(progress));
}

/** Forgets the channels that are not among these: one that is set up again later begins anew. */
export async function forgetProgress(redis: Redis, configured: readonly NotificationChannel[]): Promise<void> {
  const gone = notificationChannels.filter((channel) => !configured.includes(channel));
  if (gone.length > 0) await redis.hdel(redisKeys.notificationProgress, ...gone);
}

/** Ends the pauses after failures: the settings were changed, so the next turn tries again. */
export async function endPauses(redis: Redis): Promise<void> {
  for (const channel of notificationChannels) {
    const progress = await readProgress(redis, channel);
    if (progress?.nextTryAtMs !== undefined) {
      await writeProgress(redis, channel, { ...progress, failures: 0, nextTryAtMs: undefined });
    }
  }
}
