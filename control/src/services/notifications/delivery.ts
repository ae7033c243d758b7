/** Sends a message by a channel and remembers how that went: the history that operators look back on. */
import { SipprotError } from "@sipprot/shared/errors";
import { type NotificationRecord, notificationRecordSchema } from "@sipprot/shared/notification";
import type { Page } from "@sipprot/shared/page";
import { MAX_NOTIFICATION_RECORDS, redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { type Channel, MAX_ANSWER_CHARACTERS, type Overhear } from "./channel.ts";
import type { NotificationMessage } from "./message.ts";

/** As much of a subject as is kept. */
const MAX_SUBJECT_CHARACTERS = 300;

/** Returns what the other side answered. Throws `channel-failed`, which is remembered too. */
export async function deliver(
  redis: Redis,
  channel: Channel,
  message: NotificationMessage,
  nowMs: number,
  overhear?: Overhear,
): Promise<string> {
  const record = (isTaken: boolean, answer: string) =>
    remember(redis, {
      atMs: nowMs,
      channel: channel.name,
      kind: message.kind,
      subject: message.subject.slice(0, MAX_SUBJECT_CHARACTERS),
      isTaken,
      answer: answer.slice(0, MAX_ANSWER_CHARACTERS),
    });
  try {
    const answer = await channel.send(message, overhear);
    await record(true, answer);
    return answer;
  } catch (error) {
    if (error instanceof SipprotError) await record(false, error.message);
    throw error;
  }
}

/** One page of what was sent and what was not taken, the newest first. */
export async function readNotificationHistory(
  redis: Redis,
  { page, size }: { readonly page: number; readonly size: number },
  nowMs: number,
): Promise<Page<NotificationRecord>> {
  const total = await redis.llen(redisKeys.notificationHistory);
  const texts = await redis.lrange(redisKeys.notificationHistory, page * size, (page + 1) * size - 1);
  const rows = texts.map((text) => readStoredJson(notificationRecordSchema, text)).filter((row) => row !== undefined);
  return { rows, total, asOfMs: nowMs };
}

async function remember(redis: Redis, record: NotificationRecord): Promise<void> {
  await redis
    .multi()
    .lpush(redisKeys.notificationHistory, JSON.stringify(record))
    .ltrim(redisKeys.notificationHistory, 0, MAX_NOTIFICATION_RECORDS - 1)
    .exec();
}
