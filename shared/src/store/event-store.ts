/** Events in Redis: a capped stream of batches, and counts by the day and by the hour. */
import type { Redis } from "ioredis";
import { eventSchema, type SipEvent } from "../event.ts";
import {
  DAILY_SECONDS,
  HOURLY_SECONDS,
  MAX_AGENT_CHARACTERS,
  MAX_DAILY_AGENTS,
  MAX_DAILY_ATTACKERS,
  MAX_EVENT_BATCHES,
  redisKeys,
} from "../redis-keys.ts";

/** One batch as read, with its id in the stream. */
export interface EventBatch {
  readonly id: string;
  readonly events: readonly SipEvent[];
}

/** The day of a time as the daily keys spell it, UTC. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** The hour of a time as the hourly keys spell it, UTC. */
export function hourOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 13);
}

/**
 * Writes a batch of events and adds them to the counts of their days and hours, all or nothing. One round trip; throws
 * when Redis refuses.
 */
export async function writeEvents(redis: Redis, events: readonly SipEvent[]): Promise<void> {
  const days: Counts = new Map();
  const hours: Counts = new Map();
  const attackers: Counts = new Map();
  const agents: Counts = new Map();
  for (const event of events) {
    const day = dayOf(event.atMs);
    const country = event.country ?? "";
    const field = [event.kind, event.gate, event.endpoint, country].join("|");
    add(days, redisKeys.daily(day), field, event.count);
    add(hours, redisKeys.hourly(hourOf(event.atMs)), field, event.count);
    if (event.kind !== "refused") continue;
    // A method is wire text: what would take the member apart is left out.
    const method = event.method.replace(/[^A-Za-z]/g, "");
    const attacker = [event.source, country, method, event.endpoint, event.gate].join("|");
    add(attackers, redisKeys.dailyAttackers(day), attacker, event.count);
    add(agents, redisKeys.dailyAgents(day), event.agent.slice(0, MAX_AGENT_CHARACTERS), event.count);
  }
  const pipeline = redis.multi();
  pipeline.xadd(redisKeys.events, "MAXLEN", "~", MAX_EVENT_BATCHES, "*", "events", JSON.stringify(events));
  for (const [counts, seconds] of [
    [days, DAILY_SECONDS],
    [hours, HOURLY_SECONDS],
  ] as const) {
    for (const [key, fields] of counts) {
      for (const [field, count] of fields) pipeline.hincrby(key, field, count);
      pipeline.expire(key, seconds);
    }
  }
  for (const [counts, maxMembers] of [
    [attackers, MAX_DAILY_ATTACKERS],
    [agents, MAX_DAILY_AGENTS],
  ] as const) {
    for (const [key, members] of counts) {
      for (const [member, count] of members) pipeline.zincrby(key, count, member);
      pipeline.zremrangebyrank(key, 0, -(maxMembers + 1));
      pipeline.expire(key, DAILY_SECONDS);
    }
  }
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
}

/** The newest batches, newest first; before an id when one is given. What this version cannot read is left out. */
export async function readEvents(redis: Redis, maxBatches: number, beforeId?: string): Promise<EventBatch[]> {
  const from = beforeId === undefined ? "+" : `(${beforeId}`;
  const batches = await redis.xrevrange(redisKeys.events, from, "-", "COUNT", maxBatches);
  return batches.map(([id, fields]) => ({ id, events: parseEvents(fields[1] ?? "[]") }));
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

/** Messages of a day or an hour by kind, gate, endpoint and country. */
export interface EventCount {
  readonly kind: string;
  readonly gate: string;
  readonly endpoint: string;
  readonly country: string;
  readonly count: number;
}

/** Messages of a day (2026-11-22) by kind, gate, endpoint and country. */
export async function readDaily(redis: Redis, day: string): Promise<EventCount[]> {
  return parseCounts(await redis.hgetall(redisKeys.daily(day)));
}

/** Messages of an hour (2026-11-22T13) by kind, gate, endpoint and country. */
export async function readHourly(redis: Redis, hour: string): Promise<EventCount[]> {
  return parseCounts(await redis.hgetall(redisKeys.hourly(hour)));
}

/** What one source sent of one method to one endpoint and one gate refused, in a day. */
export interface AttackerCount {
  readonly source: string;
  readonly country: string;
  readonly method: string;
  readonly endpoint: string;
  readonly gate: string;
  readonly count: number;
}

/** The attackers of a day, the busiest first. */
export async function readDailyAttackers(redis: Redis, day: string, maxCount: number): Promise<AttackerCount[]> {
  const ranked = await readRanked(redis, redisKeys.dailyAttackers(day), maxCount);
  return ranked.map(([member, count]) => {
    const [source = "", country = "", method = "", endpoint = "", gate = ""] = member.split("|");
    return { source, country, method, endpoint, gate, count };
  });
}

/** The user agents of a day's refused messages, the busiest first; wire text, at most MAX_AGENT_CHARACTERS of it. */
export async function readDailyAgents(
  redis: Redis,
  day: string,
  maxCount: number,
): Promise<Array<{ agent: string; count: number }>> {
  const ranked = await readRanked(redis, redisKeys.dailyAgents(day), maxCount);
  return ranked.map(([agent, count]) => ({ agent, count }));
}

async function readRanked(redis: Redis, key: string, maxCount: number): Promise<Array<[string, number]>> {
  const flat = await redis.zrevrange(key, 0, maxCount - 1, "WITHSCORES");
  const ranked: Array<[string, number]> = [];
  for (let index = 0; index + 1 < flat.length; index += 2) ranked.push([flat[index] ?? "", Number(flat[index + 1])]);
  return ranked;
}

function parseCounts(fields: Readonly<Record<string, string>>): EventCount[] {
  return Object.entries(fields).map(([field, count]) => {
    const [kind = "", gate = "", endpoint = "", country = ""] = field.split("|");
    return { kind, gate, endpoint, country, count: Number(count) };
  });
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

/** Key → field or member → how many. */
type Counts = Map<string, Map<string, number>>;

function add(counts: Counts, key: string, name: string, count: number): void {
  const named = counts.get(key) ?? new Map<string, number>();
  named.set(name, (named.get(name) ?? 0) + count);
  counts.set(key, named);
}
