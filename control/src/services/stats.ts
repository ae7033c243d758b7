/** Statistics of a range of days, added up from the daily and hourly counts. */
import { MAX_DAILY_ATTACKERS } from "@sipprot/shared/redis-keys";
import { type Counted, daysBetween, type Stats, type StatsRange } from "@sipprot/shared/stats";
import {
  dayOf,
  type EventCount,
  hourOf,
  readDaily,
  readDailyAgents,
  readDailyAttackers,
  readHourly,
} from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Days read at a time, so that a year does not hold up the connection for others. */
const DAYS_AT_ONCE = 20;
/** Attackers read of each day of a longer range: 400 days of them stay below a million. */
const ATTACKERS_OF_A_DAY = 2000;

/** Adds up a range of days. The sums of one day are those of that day's report. */
export async function readStats(redis: Redis, range: StatsRange, nowMs: number): Promise<Stats> {
  const days = listSteps(range.from, daysBetween(range.from, range.to), DAY_MS).map(dayOf);
  const byDay = await readAll(days, (day) => readDaily(redis, day));
  const counts = [...byDay.values()].flat();
  const top = await readTop(redis, days, range.top);
  const sum = (kind: string) => sumOf(counts.filter((count) => count.kind === kind));
  return {
    from: range.from,
    to: range.to,
    asOfMs: nowMs,
    refused: sum("refused"),
    wouldRefuse: sum("would-refuse"),
    blocksBegun: sum("block-began"),
    deniedForGood: sum("denied-for-good"),
    endpoints: group(counts, (count) => count.endpoint),
    countries: group(counts, (count) => count.country),
    gates: group(counts, (count) => count.gate),
    timeline: range.timeline === "day" ? toTimeline(byDay) : toTimeline(await readHours(redis, days)),
    ...top,
  };
}

async function readHours(redis: Redis, days: readonly string[]): Promise<Map<string, EventCount[]>> {
  const hours = listSteps(days[0] ?? "", days.length * 24, HOUR_MS).map(hourOf);
  return readAll(hours, (hour) => readHourly(redis, hour));
}

async function readTop(
  redis: Redis,
  days: readonly string[],
  top: number,
): Promise<Pick<Stats, "sources" | "agents" | "sourcesAreComplete">> {
  const maxAttackers = days.length === 1 ? MAX_DAILY_ATTACKERS : ATTACKERS_OF_A_DAY;
  const sources = new Map<string, { source: string; country: string; refused: number }>();
  const agents = new Map<string, { agent: string; refused: number }>();
  let sourcesAreComplete = true;
  for (const day of days) {
    const attackers = await readDailyAttackers(redis, day, maxAttackers);
    if (attackers.length >= maxAttackers) sourcesAreComplete = false;
    for (const { source, country, count } of attackers) {
      const known = sources.get(source);
      if (known === undefined) sources.set(source, { source, country, refused: count });
      else known.refused += count;
    }
    for (const { agent, count } of await readDailyAgents(redis, day, ATTACKERS_OF_A_DAY)) {
      const known = agents.get(agent);
      if (known === undefined) agents.set(agent, { agent, refused: count });
      else known.refused += count;
    }
  }
  return { sources: busiest(sources.values(), top), agents: busiest(agents.values(), top), sourcesAreComplete };
}

async function readAll<Value>(
  names: readonly string[],
  read: (name: string) => Promise<Value>,
): Promise<Map<string, Value>> {
  const values = new Map<string, Value>();
  for (let start = 0; start < names.length; start += DAYS_AT_ONCE) {
    const portion = names.slice(start, start + DAYS_AT_ONCE);
    const portionRead = await Promise.all(portion.map(async (name) => [name, await read(name)] as const));
    for (const [name, value] of portionRead) values.set(name, value);
  }
  return values;
}

function listSteps(firstDay: string, count: number, stepMs: number): number[] {
  const firstMs = Date.parse(`${firstDay}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) => firstMs + index * stepMs);
}

function group(counts: readonly EventCount[], nameOf: (count: EventCount) => string): Counted[] {
  const groups = new Map<string, EventCount[]>();
  for (const count of counts) {
    const known = groups.get(nameOf(count));
    if (known === undefined) groups.set(nameOf(count), [count]);
    else known.push(count);
  }
  return toTimeline(groups)
    .filter(({ refused, wouldRefuse }) => refused + wouldRefuse > 0)
    .sort((one, other) => other.refused + other.wouldRefuse - one.refused - one.wouldRefuse);
}

function toTimeline(counts: ReadonlyMap<string, readonly EventCount[]>): Counted[] {
  return [...counts].map(([name, own]) => ({
    name,
    refused: sumOf(own.filter((count) => count.kind === "refused")),
    wouldRefuse: sumOf(own.filter((count) => count.kind === "would-refuse")),
  }));
}

function busiest<Item extends { readonly refused: number }>(items: Iterable<Item>, top: number): Item[] {
  return [...items].sort((one, other) => other.refused - one.refused).slice(0, top);
}

function sumOf(counts: readonly EventCount[]): number {
  let sum = 0;
  for (const { count } of counts) sum += count;
  return sum;
}
