/** How the channels are: what the other side said last, and since when it is so. */
import { type ChannelHealth, channelHealthSchema, notificationChannels } from "@sipprot/shared/notification";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { type Channel, MAX_ANSWER_CHARACTERS } from "./channel.ts";

type Kept = Pick<Channel, "name" | "key">;

/**
 * The health of every channel; one that is not set up is `off`, one that has not sent yet `unused`. Where recipients read
 * several languages the channel has failed as long as one of its messages does not come through.
 */
export async function readChannelHealth(redis: Redis, configured: readonly Kept[]): Promise<ChannelHealth[]> {
  return Promise.all(
    notificationChannels.map(async (channel) => {
      const own = configured.filter(({ name }) => name === channel);
      if (own.length === 0) return { channel, state: "off" as const, detail: "", sinceMs: 0 };
      const found = (await Promise.all(own.map((one) => readOne(redis, one)))).filter((one) => one !== undefined);
      const worst = found.find(({ state }) => state === "failed") ?? found[0];
      if (worst === undefined) return { channel, state: "unused" as const, detail: "", sinceMs: 0 };
      const sent = found.map(({ lastSentAtMs }) => lastSentAtMs).filter((atMs) => atMs !== undefined);
      return sent.length === 0 ? worst : { ...worst, lastSentAtMs: Math.max(...sent) };
    }),
  );
}

export async function noteSent(redis: Redis, channel: Kept, answer: string, nowMs: number) {
  await note(redis, channel, { state: "ok", detail: answer, lastSentAtMs: nowMs }, nowMs);
}

export async function noteFailed(redis: Redis, channel: Kept, answer: string, nowMs: number, nextTryAtMs: number) {
  await note(redis, channel, { state: "failed", detail: answer, nextTryAtMs }, nowMs);
}

async function note(
  redis: Redis,
  channel: Kept,
  news: Pick<ChannelHealth, "state" | "detail" | "lastSentAtMs" | "nextTryAtMs">,
  nowMs: number,
): Promise<void> {
  const known = await readOne(redis, channel);
  const health: ChannelHealth = {
    channel: channel.name,
    ...(known?.lastSentAtMs === undefined ? {} : { lastSentAtMs: known.lastSentAtMs }),
    ...news,
    detail: news.detail.slice(0, MAX_ANSWER_CHARACTERS),
    sinceMs: known?.state === news.state ? known.sinceMs : nowMs,
  };
  await redis.hset(redisKeys.notificationHealth, channel.key, JSON.stringify(health));
}

async function readOne(redis: Redis, { key }: Kept): Promise<ChannelHealth | undefined> {
  return readStoredJson(channelHealthSchema, await redis.hget(redisKeys.notificationHealth, key));
}
