/** Events in Redis: a capped stream of batches, written together with their counts. */
import type { Redis } from "ioredis";
import { eventSchema, type SipEvent } from "../event.ts";
import type { LogReach } from "../event-log.ts";
import { MAX_EVENT_BATCHES, redisKeys } from "../redis-keys.ts";
import { countEvents } from "./count-store.ts";

/** One batch as read, with its id in the stream. */
export interface EventBatch {
  readonly id: string;
  readonly events: readonly SipEvent[];
}

/**
 * Writes a batch of events and adds them to the counts of their minutes, hours and days, all or nothing. One round trip;
 * throws when Redis refuses.
 */
export async function writeEvents(redis: Redis, events: readonly SipEvent[]): Promise<void> {
  const transaction = redis.multi();
  transaction.xadd(redisKeys.events, "MAXLEN", "~", MAX_EVENT_BATCHES, "*", "events", JSON.stringify(events));
  countEvents(transaction, events);
  for (const [error] of (await transaction.exec()) ?? []) if (error !== null) throw error;
}

/** The newest batches, newest first; before an id when one is given. What this version cannot read is left out. */
export async function readEvents(redis: Redis, maxBatches: number, beforeId?: string): Promise<EventBatch[]> {
  const batches = await readEventTexts(redis, maxBatches, beforeId === undefined ? "+" : `(${beforeId}`);
  return batches.map(({ id, text }) => ({ id, events: parseEvents(text) }));
}

/** The newest batches as they are stored, newest first, from an id on; `+` is the newest, `(ID` what is before that. */
export async function readEventTexts(
  redis: Redis,
  maxBatches: number,
  fromId: string,
): Promise<{ readonly id: string; readonly text: string }[]> {
  const batches = await redis.xrevrange(redisKeys.events, fromId, "-", "COUNT", maxBatches);
  return batches.map(([id, fields]) => ({ id, text: fields[1] ?? "[]" }));
}

/** The batches after an id, oldest first; `0-0` is before the first. What this version cannot read is left out. */
export async function readEventsAfter(redis: Redis, afterId: string, maxBatches: number): Promise<EventBatch[]> {
  const batches = await redis.xrange(redisKeys.events, `(${afterId}`, "+", "COUNT", maxBatches);
  return batches.map(([id, fields]) => ({ id, events: parseEvents(fields[1] ?? "[]") }));
}

/** Id of the newest batch, or `0-0`. */
export async function readLastEventId(redis: Redis): Promise<string> {
  return (await redis.xrevrange(redisKeys.events, "+", "-", "COUNT", 1))[0]?.[0] ?? "0-0";
}

/** When the oldest batch that is kept was written, and whether older ones had to make room. */
export async function readLogReach(redis: Redis): Promise<LogReach> {
  const [oldest, length] = await Promise.all([
    redis.xrange(redisKeys.events, "-", "+", "COUNT", 1),
    redis.xlen(redisKeys.events),
  ]);
  const id = oldest[0]?.[0];
  // Redis cuts at or a little above the bound: a stream that is shorter was never cut.
  const hasDropped = length >= MAX_EVENT_BATCHES;
  return id === undefined ? { hasDropped } : { heldSinceMs: timeOfBatch(id), hasDropped };
}

/** When a batch was written, by the clock of Redis. */
export function timeOfBatch(id: string): number {
  return Number(id.split("-", 1)[0]);
}

/** The events of a batch as it is stored. What this version cannot read is left out. */
export function parseEvents(text: string): SipEvent[] {
  try {
    const batch: unknown = JSON.parse(text);
    if (!Array.isArray(batch)) return [];
    return batch.map((event) => eventSchema.safeParse(event).data).filter((event) => event !== undefined);
  } catch {
    return [];
  }
}
