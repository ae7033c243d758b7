/** How the channels are: what the other side said last, and since when it is so. */
import {
  type ChannelHealth,
  channelHealthSchema,
  type NotificationChannel,
  notificationChannels,
} from "@sipprot/shared/notification";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { MAX_ANSWER_CHARACTERS } from "./channel.ts";

/** The health of every channel; one that is not set up is `off`, one that has not sent yet `unused`. */
export async function readChannelHealth(
  redis: Redis,
  configured: readonly NotificationChannel[],
): Promise<ChannelHealth[]> {
  return Promise.all(
    notificationChannels.map(async (channel) => {
      if (!configured.includes(channel)) return { channel, state: "off" as const, detail: "", sinceMs: 0 };
      return (await readOne(redis, channel)) ?? { channel, state: "unused" as const, detail: "", sinceMs: 0 };
    }),
  );
}

export async function noteSent(redis: Redis, channel: NotificationChannel, answer: string, nowMs: number) {
  await note(redis, channel, { state: "ok", detail: answer, lastSentAtMs: nowMs }, nowMs);
}

export async function noteFailed(
  redis: Redis,
  channel: NotificationChannel,
  answer: string,
  nowMs: number,
  nextTryAtMs: number,
) {
  await note(redis, channel, { state: "failed", detail: answer, nextTryAtMs }, nowMs);
}

async function note(
  redis: Redis,
  channel: NotificationChannel,
  news: Pick<ChannelHealth, "state" | "detail" | "lastSentAtMs" | "nextTryAtMs">,
  nowMs: number,
): Promise<void> {
  const known = await readOne(redis, channel);
  const health: ChannelHealth = {
    channel,
    ...(known?.lastSentAtMs === undefined ? {} : { lastSentAtMs: known.lastSentAtMs }),
    ...news,
    detail: news.detail.slice(0, MAX_ANSWER_CHARACTERS),
    sinceMs: known?.state === news.state ? known.sinceMs : nowMs,
  };
  await redis.hset(redisKeys.notificationHealth, channel, JSON.stringify(health));
}

async function readOne(redis: Redis, channel: NotificationChannel): Promise<ChannelHealth | undefined> {
  return readStoredJson(channelHealthSchema, await redis.hget(redisKeys.notificationHealth, channel));
}
