/** The minutes, hours and days of UTC that counts are kept by: how they are spelled, and how they cover a stretch of time. */
import { COUNT_LIMITS } from "../redis-keys.ts";

export const spans = ["minute", "hour", "day"] as const;
export type Span = (typeof spans)[number];

export const SPAN_MS: Readonly<Record<Span, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const nameLengths: Readonly<Record<Span, number>> = { minute: 16, hour: 13, day: 10 };

/** One minute, hour or day: its name in the keys, and when it began. */
export interface Period {
  readonly span: Span;
  readonly name: string;
  readonly atMs: number;
}

/** The minute, hour or day a time lies in. */
export function periodOf(span: Span, atMs: number): Period {
  const beginMs = Math.floor(atMs / SPAN_MS[span]) * SPAN_MS[span];
  return { span, name: new Date(beginMs).toISOString().slice(0, nameLengths[span]), atMs: beginMs };
}

/** The period of a name as the keys spell it; undefined when it names none. */
export function readPeriod(name: string): Period | undefined {
  const span = spans.find((one) => nameLengths[one] === name.length);
  const atMs = Date.parse(span === "day" ? name : span === "hour" ? `${name}:00Z` : `${name}Z`);
  if (span === undefined || Number.isNaN(atMs)) return undefined;
  const period = periodOf(span, atMs);
  return period.name === name ? period : undefined;
}

/** The day of a time as the keys spell it, UTC. */
export function dayOf(atMs: number): string {
  return periodOf("day", atMs).name;
}

/** The finest span whose counts of that time are still kept. */
export function finestKept(atMs: number, nowMs: number): Span {
  return spans.find((span) => atMs >= nowMs - COUNT_LIMITS[span].seconds * 1000) ?? "day";
}

/**
 * The periods that cover a stretch of time, in order: days and hours inside, finer ones at both ends, none longer than
 * `longest`. An end that lies in a period too old to be known finer is taken outwards to it.
 */
export function coverTime(fromMs: number, toMs: number, longest: Span, nowMs: number): Period[] {
  const periods: Period[] = [];
  const usable = spans.slice(0, spans.indexOf(longest) + 1).reverse();
  let atMs = fromMs;
  while (atMs < toMs) {
    const finest = finestKept(atMs, nowMs);
    const fits = usable.find((span) => atMs % SPAN_MS[span] === 0 && atMs + SPAN_MS[span] <= toMs);
    const span = fits === undefined || spans.indexOf(fits) < spans.indexOf(finest) ? finest : fits;
    const period = periodOf(span, atMs);
    periods.push(period);
    atMs = period.atMs + SPAN_MS[span];
  }
  return periods;
}
