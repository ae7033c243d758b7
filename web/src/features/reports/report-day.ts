/** The days a report can be of: days of UTC, as far back as counts are kept. Pure. */
import { COUNT_LIMITS } from "@sipprot/shared/redis-keys";

const DAY_MS = 86_400_000;

/** The day of a moment. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The day so many days after, or before. */
export function shiftDay(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * DAY_MS);
}

/** The first and the last day there can be a report of. */
export function daysKept(nowMs: number): { readonly first: string; readonly last: string } {
  return { first: dayOf(nowMs - COUNT_LIMITS.day.seconds * 1000), last: dayOf(nowMs) };
}

/** The day an address says, or null for what is none. */
export function readDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(text);
  // Some engines make the 31st of February a day in March.
  return Number.isNaN(ms) || dayOf(ms) !== text ? null : text;
}
