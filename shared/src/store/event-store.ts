/** Events in Redis: a capped stream of batches, and counts by the day. */
import type { Redis } from "ioredis";
import { eventSchema, type SipEvent } from "../event.ts";
import { DAILY_SECONDS, MAX_DAILY_ATTACKERS, MAX_EVENT_BATCHES, redisKeys } from "../redis-keys.ts";

/** One batch as read, with its id in the stream. */
export interface EventBatch {
  readonly id: string;
  readonly events: readonly SipEvent[];
}

/** The day of a time as the daily keys spell it, UTC. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** Writes a batch of events and adds them to the counts of their days. One round trip; throws when Redis refuses. */
export async function writeEvents(redis: Redis, events: readonly SipEvent[]): Promise<void> {
  const counts = new Map<string, Map<string, number>>();
  const attackers = new Map<string, Map<string, number>>();
  for (const event of events) {
    const day = dayOf(event.atMs);
    const country = event.country ?? "";
    add(counts, day, [event.kind, event.gate, event.endpoint, country].join("|"), event.count);
    if (event.kind !== "refused") continue;
    // A method is wire text: what would take the member apart is left out.
    const method = event.method.replace(/[^A-Za-z]/g, "");
    add(attackers, day, [event.source, country, method, event.endpoint].join("|"), event.count);
  }
  const pipeline = redis.pipeline();
  pipeline.xadd(redisKeys.events, "MAXLEN", "~", MAX_EVENT_BATCHES, "*", "events", JSON.stringify(events));
  for (const [day, fields] of counts) {
    for (const [field, count] of fields) pipeline.hincrby(redisKeys.daily(day), field, count);
    pipeline.expire(redisKeys.daily(day), DAILY_SECONDS);
  }
  for (const [day, members] of attackers) {
    for (const [member, count] of members) pipeline.zincrby(redisKeys.dailyAttackers(day), count, member);
    pipeline.zremrangebyrank(redisKeys.dailyAttackers(day), 0, -(MAX_DAILY_ATTACKERS + 1));
    pipeline.expire(redisKeys.dailyAttackers(day), DAILY_SECONDS);
  }
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
}

/** The newest batches, newest first; before an id when one is given. What this version cannot read is left out. */
export async function readEvents(redis: Redis, maxBatches: number, beforeId?: string): Promise<EventBatch[]> {
  const from = beforeId === undefined ? "+" : `(${beforeId}`;
  const batches = await redis.xrevrange(redisKeys.events, from, "-", "COUNT", maxBatches);
  return batches.map(([id, fields]) => ({ id, events: parseEvents(fields[1] ?? "[]") }));
}

/** Batches after an id, in order. What this version cannot read is left out. */
export async function readEventsAfter(redis: Redis, afterId: string, maxBatches: number): Promise<EventBatch[]> {
  const batches = await redis.xrange(redisKeys.events, `(${afterId}`, "+", "COUNT", maxBatches);
  return batches.map(([id, fields]) => ({ id, events: parseEvents(fields[1] ?? "[]") }));
}

/** Messages of a day by kind, gate, endpoint and country. */
export async function readDaily(
  redis: Redis,
  day: string,
): Promise<Array<{ kind: string; gate: string; endpoint: string; country: string; count: number }>> {
  const fields = Object.entries(await redis.hgetall(redisKeys.daily(day)));
  return fields.map(([field, count]) => {
    const [kind = "", gate = "", endpoint = "", country = ""] = field.split("|");
    return { kind, gate, endpoint, country, count: Number(count) };
  });
}

/** The attackers of a day, the busiest first. */
export async function readDailyAttackers(
  redis: Redis,
  day: string,
  maxCount: number,
): Promise<Array<{ source: string; country: string; method: string; endpoint: string; count: number }>> {
  const flat = await redis.zrevrange(redisKeys.dailyAttackers(day), 0, maxCount - 1, "WITHSCORES");
  const attackers = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const [source = "", country = "", method = "", endpoint = ""] = (flat[index] ?? "").split("|");
    attackers.push({ source, country, method, endpoint, count: Number(flat[index + 1]) });
  }
  return attackers;
}

function parseEvents(text: string): SipEvent[] {
  try {
    const batch: unknown = JSON.parse(text);
    if (!Array.isArray(batch)) return [];
    return batch.map((event) => eventSchema.safeParse(event).data).filter((event) => event !== undefined);
  } catch {
    return [];
  }
}

function add(days: Map<string, Map<string, number>>, day: string, name: string, count: number): void {
  const counts = days.get(day) ?? new Map<string, number>();
  counts.set(name, (counts.get(name) ?? 0) + count);
  days.set(day, counts);
}
