/** Statistics of any stretch of time with the stretch before it, added up from minutes, hours and days. */
import { type Gate, gateSchema } from "@sipprot/shared/reason";
import { coverTime, finestKept, type Period, periodOf, SPAN_MS } from "@sipprot/shared/store/count-period";
import { type EventCount, readCounts, readPeriods } from "@sipprot/shared/store/count-store";
import {
  chooseStep,
  type StatsFilter,
  type StatsTotals,
  type StatsWindow,
  type WindowStats,
} from "@sipprot/shared/window-stats";
import type { Redis } from "ioredis";
import { rankNames, sumKind } from "./count-sums.ts";
import { readTop } from "./stats.ts";

type Counted = ReadonlyArray<{ readonly period: Period; readonly value: readonly EventCount[] }>;

/** Adds up a stretch of time. What is not kept to the minute any more is taken outwards to the hour or the day. */
export async function readWindow(redis: Redis, window: StatsWindow, nowMs: number): Promise<WindowStats> {
  const { filter } = window;
  const wantedFromMs = Math.floor(window.fromMs / SPAN_MS.minute) * SPAN_MS.minute;
  const toMs = Math.max(
    wantedFromMs + SPAN_MS.minute,
    Math.ceil(Math.min(window.toMs, nowMs + 1) / SPAN_MS.minute) * SPAN_MS.minute,
  );
  const fromMs = periodOf(finestKept(wantedFromMs, nowMs), wantedFromMs).atMs;
  const stepMs = Math.max(chooseStep(toMs - fromMs), SPAN_MS[finestKept(fromMs, nowMs)]);
  const counted = await readCovered(redis, coverTime(fromMs, toMs, spanWithin(stepMs), nowMs));
  const beforeFromMs = fromMs - (toMs - fromMs);
  const before = await readCovered(redis, coverTime(beforeFromMs, fromMs, "day", nowMs));
  const counts = counted.flatMap(({ value }) => value);
  const rank = (own: keyof StatsFilter) =>
    rankNames(
      counts.filter((count) => matches(count, { ...filter, [own]: undefined })),
      (count) => count[own],
    );
  const top = await readTop(redis, coverTime(fromMs, toMs, "day", nowMs), window.top, (one) => matches(one, filter));
  return {
    fromMs,
    toMs,
    asOfMs: nowMs,
    now: await sumUp(redis, counts, filter, fromMs, nowMs),
    before: await sumUp(
      redis,
      before.flatMap(({ value }) => value),
      filter,
      beforeFromMs,
      nowMs,
    ),
    stepMs,
    timeline: listSteps(counted, filter, { fromMs, toMs, stepMs }),
    endpoints: rank("endpoint"),
    countries: rank("country"),
    gates: rank("gate"),
    ...top,
  };
}

/** The longest span that lies in one step. */
function spanWithin(stepMs: number): Period["span"] {
  if (stepMs % SPAN_MS.day === 0) return "day";
  return stepMs % SPAN_MS.hour === 0 ? "hour" : "minute";
}

function readCovered(redis: Redis, periods: readonly Period[]): Promise<Counted> {
  return readPeriods(periods, ({ name }) => readCounts(redis, name));
}

async function sumUp(
  redis: Redis,
  counts: readonly EventCount[],
  filter: StatsFilter,
  fromMs: number,
  nowMs: number,
): Promise<StatsTotals> {
  const wanted = counts.filter((count) => matches(count, filter));
  const passed = sumPassed(counts, filter);
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const begin = isNarrowed ? [] : await readCounts(redis, periodOf(finestKept(fromMs, nowMs), fromMs).name);
  const blocksAtBegin = begin.find(({ kind }) => kind === "blocks")?.count;
  return {
    ...(passed === undefined ? {} : { passed }),
    refused: sumKind(wanted, "refused"),
    wouldRefuse: sumKind(wanted, "would-refuse"),
    blocksBegun: sumKind(wanted, "block-began"),
    deniedForGood: sumKind(wanted, "denied-for-good"),
    ...(blocksAtBegin === undefined ? {} : { blocksAtBegin }),
  };
}

/** What passed is known by endpoint only. */
function sumPassed(counts: readonly EventCount[], { country, gate, endpoint }: StatsFilter): number | undefined {
  if (country !== undefined || gate !== undefined) return undefined;
  return sumKind(
    counts.filter((count) => matches(count, { endpoint })),
    "passed",
  );
}

function listSteps(
  counted: Counted,
  filter: StatsFilter,
  { fromMs, toMs, stepMs }: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number },
): WindowStats["timeline"] {
  const beginMs = (atMs: number) => Math.floor(atMs / stepMs) * stepMs;
  const steps = new Map<number, EventCount[]>();
  for (let atMs = beginMs(fromMs); atMs < toMs; atMs += stepMs) steps.set(atMs, []);
  for (const { period, value } of counted) steps.get(beginMs(period.atMs))?.push(...value);
  return [...steps].map(([atMs, counts]) => {
    const wanted = counts.filter((count) => matches(count, filter));
    const passed = sumPassed(counts, filter);
    return {
      atMs,
      ...(passed === undefined ? {} : { passed }),
      refused: sumByGate(wanted, "refused"),
      wouldRefuse: sumByGate(wanted, "would-refuse"),
    };
  });
}

function sumByGate(counts: readonly EventCount[], kind: string): Partial<Record<Gate, number>> {
  const sums: Partial<Record<Gate, number>> = {};
  for (const count of counts) {
    const gate = gateSchema.safeParse(count.gate).data;
    if (count.kind === kind && gate !== undefined) sums[gate] = (sums[gate] ?? 0) + count.count;
  }
  return sums;
}

function matches(
  count: { readonly country: string; readonly endpoint: string; readonly gate: string },
  { country, gate, endpoint }: StatsFilter,
): boolean {
  return (
    (country === undefined || count.country === country) &&
    (gate === undefined || count.gate === gate) &&
    (endpoint === undefined || count.endpoint === endpoint)
  );
}
