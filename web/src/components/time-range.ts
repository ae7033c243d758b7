/** The ranges of time a page can show: the last so long, or from a moment to another. Pure. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Lengths back from now. */
export const rangeLengths = {
  "15m": 15 * MINUTE_MS,
  "1h": HOUR_MS,
  "6h": 6 * HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
} as const;
export type RangePreset = keyof typeof rangeLengths;
export const rangePresets = Object.keys(rangeLengths) as RangePreset[];

/** Longest free range: as long as daily counts are kept. */
export const MAX_RANGE_MS = 400 * DAY_MS;

export type TimeRange =
  | { readonly kind: "last"; readonly preset: RangePreset }
  | { readonly kind: "free"; readonly fromMs: number; readonly toMs: number };

/** What an address says: `24h`, or `2026-11-22T10:00Z~2026-11-22T12:30Z`; null for what is no range. */
export function readRange(text: string): TimeRange | null {
  const preset = rangePresets.find((known) => known === text);
  if (preset !== undefined) return { kind: "last", preset };
  const [from = "", to = "", ...more] = text.split("~");
  const fromMs = readMoment(from);
  const toMs = readMoment(to);
  if (more.length > 0 || fromMs === undefined || toMs === undefined) return null;
  return fromMs < toMs && toMs - fromMs <= MAX_RANGE_MS ? { kind: "free", fromMs, toMs } : null;
}

/** The range as it stands in an address; whole minutes. */
export function writeRange(range: TimeRange): string {
  return range.kind === "last" ? range.preset : `${writeMoment(range.fromMs)}~${writeMoment(range.toMs)}`;
}

/** Beginning and end of a range at a moment. */
export function boundsOf(range: TimeRange, nowMs: number): { readonly fromMs: number; readonly toMs: number } {
  if (range.kind === "free") return { fromMs: range.fromMs, toMs: range.toMs };
  return { fromMs: nowMs - rangeLengths[range.preset], toMs: nowMs };
}

/** The range just before, as long: what numbers are compared with. */
export function boundsBefore(range: TimeRange, nowMs: number): { readonly fromMs: number; readonly toMs: number } {
  const { fromMs, toMs } = boundsOf(range, nowMs);
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs };
}

/** The same range or not. */
export function isSameRange(one: TimeRange, other: TimeRange): boolean {
  return writeRange(one) === writeRange(other);
}

function readMoment(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(text)) return undefined;
  const ms = Date.parse(text);
  // Date.parse makes the 31st of February a day in March.
  return Number.isNaN(ms) || writeMoment(ms) !== text ? undefined : ms;
}

function writeMoment(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}
