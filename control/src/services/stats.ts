/** Statistics of a range of days, added up from the daily and hourly counts. */
import { COUNT_LIMITS } from "@sipprot/shared/redis-keys";
import { type Counted, daysBetween, type Stats, type StatsRange } from "@sipprot/shared/stats";
import { coverTime, type Period, SPAN_MS } from "@sipprot/shared/store/count-period";
import { readAgents, readAttackers, readCounts, readPeriods } from "@sipprot/shared/store/count-store";
import type { Redis } from "ioredis";
import { rankAgents, rankNames, rankSources, sumKind } from "./count-sums.ts";

/** Attackers and agents read of each period of a longer range: 400 days of them stay below a million. */
const NAMED_OF_A_PERIOD = 2000;

/** Adds up a range of days. The sums of one day are those of that day's report. */
export async function readStats(redis: Redis, range: StatsRange, nowMs: number): Promise<Stats> {
  const fromMs = Date.parse(`${range.from}T00:00:00Z`);
  const toMs = fromMs + daysBetween(range.from, range.to) * SPAN_MS.day;
  const days = coverTime(fromMs, toMs, "day", toMs);
  const counted = await readPeriods(days, ({ name }) => readCounts(redis, name));
  const counts = counted.flatMap(({ value }) => value);
  const steps =
    range.timeline === "day"
      ? counted
      : await readPeriods(coverTime(fromMs, toMs, "hour", toMs), ({ name }) => readCounts(redis, name));
  return {
    from: range.from,
    to: range.to,
    asOfMs: nowMs,
    refused: sumKind(counts, "refused"),
    wouldRefuse: sumKind(counts, "would-refuse"),
    blocksBegun: sumKind(counts, "block-began"),
    deniedForGood: sumKind(counts, "denied-for-good"),
    endpoints: rankNames(counts, (count) => count.endpoint),
    countries: rankNames(counts, (count) => count.country),
    gates: rankNames(counts, (count) => count.gate),
    timeline: steps.map(({ period, value }): Counted => {
      return { name: period.name, refused: sumKind(value, "refused"), wouldRefuse: sumKind(value, "would-refuse") };
    }),
    ...(await readTop(redis, days, range.top)),
  };
}

/** The busiest sources and agents of some periods. */
export async function readTop(
  redis: Redis,
  periods: readonly Period[],
  top: number,
  isWanted: (count: { readonly country: string; readonly endpoint: string; readonly gate: string }) => boolean = () =>
    true,
): Promise<Pick<Stats, "sources" | "agents" | "sourcesAreComplete">> {
  let sourcesAreComplete = true;
  const attackers = await readPeriods(periods, async ({ span, name }) => {
    const { maxAttackers } = COUNT_LIMITS[span];
    const maxRead = periods.length === 1 ? maxAttackers : Math.min(maxAttackers, NAMED_OF_A_PERIOD);
    const read = await readAttackers(redis, name, maxRead);
    if (read.length >= maxRead) sourcesAreComplete = false;
    return read.filter(isWanted);
  });
  const agents = await readPeriods(periods, async ({ name }) =>
    (await readAgents(redis, name, NAMED_OF_A_PERIOD)).filter(isWanted),
  );
  return {
    sources: rankSources(
      attackers.flatMap(({ value }) => value),
      top,
    ),
    agents: rankAgents(
      agents.flatMap(({ value }) => value),
      top,
    ),
    sourcesAreComplete,
  };
}
