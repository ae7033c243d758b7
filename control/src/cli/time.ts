/** Times as the command line prints and reads them: UTC, so that a line means the same on every host. */
import { SipprotError } from "@sipprot/shared/errors";

const DATE_CHARACTERS = "2026-11-22".length;
const MINUTE_CHARACTERS = "2026-11-22 21:33".length;
const SECOND_CHARACTERS = "2026-11-22 21:33:04".length;

/** `2026-11-22 21:33:04` */
export function formatTime(atMs: number): string {
  return isoOf(atMs).slice(0, SECOND_CHARACTERS);
}

/** `2026-11-22 21:33`, or what stands for no time at all. */
export function formatMinute(atMs: number | undefined, none = ""): string {
  return atMs === undefined ? none : isoOf(atMs).slice(0, MINUTE_CHARACTERS);
}

/** `2026-11-22`, or what stands for no time at all. */
export function formatDate(atMs: number | undefined, none = ""): string {
  return atMs === undefined ? none : isoOf(atMs).slice(0, DATE_CHARACTERS);
}

/** Beyond what a calendar knows, as a damaged record may have it, the number itself is shown. */
function isoOf(atMs: number): string {
  const time = new Date(atMs);
  return Number.isNaN(time.getTime()) ? String(atMs) : time.toISOString().replace("T", " ");
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** Ten years: whoever means longer means for good. */
const LONGEST_SECONDS = 3650 * 86_400;

/** Reads a duration such as `30m`, `24h` or `7d` in seconds. Throws `bad-input` naming the option it was given for. */
export function readDuration(text: string, field = "--for"): number {
  const match = /^(\d{1,9})([smhd])$/.exec(text.trim());
  const seconds = Number(match?.[1]) * (secondsOf[match?.[2] ?? ""] ?? Number.NaN);
  if (seconds >= 1 && seconds <= LONGEST_SECONDS) return seconds;
  throw new SipprotError("bad-input", `${JSON.stringify(text.slice(0, 80))} is not a duration`, {
    field,
    value: text.slice(0, 80),
    expected: "a number and s, m, h or d, such as 30m, 24h or 7d, at most 3650d",
  });
}
