/** Counts in Redis by the minute, the hour and the day: messages, attackers, user agents. */
import type { ChainableCommander, Redis } from "ioredis";
import type { SipEvent } from "../event.ts";
import { COUNT_LIMITS, MAX_AGENT_CHARACTERS, redisKeys } from "../redis-keys.ts";
import { type Period, periodOf, type Span, spans } from "./count-period.ts";

/** Messages of a period by kind, gate, endpoint and country. The kind is that of the events, `passed`, or `blocks`. */
export interface EventCount {
  readonly kind: string;
  readonly gate: string;
  readonly endpoint: string;
  readonly country: string;
  readonly count: number;
}

/** What one source sent of one method to one endpoint and one gate refused, or would have refused. */
export interface AttackerCount {
  readonly kind: string;
  readonly source: string;
  readonly country: string;
  readonly method: string;
  readonly endpoint: string;
  readonly gate: string;
  readonly count: number;
}

/** What one user agent sent; `agent` is wire text, at most MAX_AGENT_CHARACTERS of it. */
export interface AgentCount {
  readonly kind: string;
  readonly country: string;
  readonly endpoint: string;
  readonly gate: string;
  readonly agent: string;
  readonly count: number;
}

/** Messages that passed within a minute, by endpoint and the gate that let them through or would have refused them. */
export interface PassedCount {
  readonly atMs: number;
  readonly endpoint: string;
  readonly gate: string;
  readonly count: number;
}

/** Adds the counts of events to a transaction. */
export function countEvents(transaction: ChainableCommander, events: readonly SipEvent[]): void {
  for (const span of spans) {
    const messages: Counts = new Map();
    const attackers: Counts = new Map();
    const agents: Counts = new Map();
    for (const event of events) {
      const period = periodOf(span, event.atMs).name;
      const { kind, gate, endpoint, country = "" } = event;
      add(messages, redisKeys.counts(period), [kind, gate, endpoint, country].join("|"), event.count);
      if (kind !== "refused" && kind !== "would-refuse") continue;
      // A method is wire text: what would take the member apart is left out. An agent is the last of its member.
      const method = event.method.replace(/[^A-Za-z]/g, "");
      const attacker = [kind, event.source, country, method, endpoint, gate].join("|");
      add(attackers, redisKeys.attackers(period), attacker, event.count);
      const agent = [kind, country, endpoint, gate, event.agent.slice(0, MAX_AGENT_CHARACTERS)].join("|");
      add(agents, redisKeys.agents(period), agent, event.count);
    }
    addFields(transaction, messages, span);
    addRanked(transaction, attackers, COUNT_LIMITS[span].maxAttackers, span);
    addRanked(transaction, agents, COUNT_LIMITS[span].maxAgents, span);
  }
}

/** Adds the messages that passed, and notes how many blocks are in force, all or nothing. Throws when Redis refuses. */
export async function writeTraffic(
  redis: Redis,
  passed: readonly PassedCount[],
  blocksInForce: number,
  nowMs: number,
): Promise<void> {
  const transaction = redis.multi();
  for (const span of spans) {
    const messages: Counts = new Map();
    for (const { atMs, endpoint, gate, count } of passed) {
      add(messages, redisKeys.counts(periodOf(span, atMs).name), ["passed", gate, endpoint, ""].join("|"), count);
    }
    addFields(transaction, messages, span);
    const key = redisKeys.counts(periodOf(span, nowMs).name);
    transaction.hset(key, "blocks|||", blocksInForce);
    transaction.expire(key, COUNT_LIMITS[span].seconds);
  }
  for (const [error] of (await transaction.exec()) ?? []) if (error !== null) throw error;
}

/** Messages of a period by kind, gate, endpoint and country. */
export async function readCounts(redis: Redis, period: string): Promise<EventCount[]> {
  return Object.entries(await redis.hgetall(redisKeys.counts(period))).map(([field, count]) => {
    const [kind = "", gate = "", endpoint = "", country = ""] = field.split("|");
    return { kind, gate, endpoint, country, count: Number(count) };
  });
}

/** The attackers of a period, the busiest first. */
export async function readAttackers(redis: Redis, period: string, maxCount: number): Promise<AttackerCount[]> {
  return (await readRanked(redis, redisKeys.attackers(period), maxCount)).map(([member, count]) => {
    const [kind = "", source = "", country = "", method = "", endpoint = "", gate = ""] = member.split("|");
    return { kind, source, country, method, endpoint, gate, count };
  });
}

/** The user agents of a period, the busiest first. */
export async function readAgents(redis: Redis, period: string, maxCount: number): Promise<AgentCount[]> {
  return (await readRanked(redis, redisKeys.agents(period), maxCount)).map(([member, count]) => {
    const [kind = "", country = "", endpoint = "", gate = "", ...agent] = member.split("|");
    return { kind, country, endpoint, gate, agent: agent.join("|"), count };
  });
}

/** Periods read at a time, so that a year does not hold up the connection for others. */
const PERIODS_AT_ONCE = 100;

/** Reads period after period, many at a time, in their order. */
export async function readPeriods<Value>(
  periods: readonly Period[],
  read: (period: Period) => Promise<Value>,
): Promise<Array<{ readonly period: Period; readonly value: Value }>> {
  const values: Array<{ readonly period: Period; readonly value: Value }> = [];
  for (let start = 0; start < periods.length; start += PERIODS_AT_ONCE) {
    const portion = periods.slice(start, start + PERIODS_AT_ONCE);
    values.push(...(await Promise.all(portion.map(async (period) => ({ period, value: await read(period) })))));
  }
  return values;
}

async function readRanked(redis: Redis, key: string, maxCount: number): Promise<Array<[string, number]>> {
  const flat = await redis.zrevrange(key, 0, maxCount - 1, "WITHSCORES");
  const ranked: Array<[string, number]> = [];
  for (let index = 0; index + 1 < flat.length; index += 2) ranked.push([flat[index] ?? "", Number(flat[index + 1])]);
  return ranked;
}

/** Key → field or member → how many. */
type Counts = Map<string, Map<string, number>>;

function add(counts: Counts, key: string, name: string, count: number): void {
  const named = counts.get(key) ?? new Map<string, number>();
  named.set(name, (named.get(name) ?? 0) + count);
  counts.set(key, named);
}

function addFields(transaction: ChainableCommander, counts: Counts, span: Span): void {
  for (const [key, fields] of counts) {
    for (const [field, count] of fields) transaction.hincrby(key, field, count);
    transaction.expire(key, COUNT_LIMITS[span].seconds);
  }
}

function addRanked(transaction: ChainableCommander, counts: Counts, maxMembers: number, span: Span): void {
  for (const [key, members] of counts) {
    for (const [member, count] of members) transaction.zincrby(key, count, member);
    transaction.zremrangebyrank(key, 0, -(maxMembers + 1));
    transaction.expire(key, COUNT_LIMITS[span].seconds);
  }
}
