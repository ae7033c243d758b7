/** Moments as the clock on the wall of a time zone shows them, for date pickers: `2026-11-22 14:30:00`. Pure. */

/** What the wall clock of the zone shows at a moment. */
export function toWallTime(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(ms);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year").padStart(4, "0")}-${of("month")}-${of("day")} ${of("hour")}:${of("minute")}:${of("second")}`;
}

/** The moment the wall clock shows this; in the hour that is skipped or repeated by summer time, one that is near. */
export function fromWallTime(text: string, timeZone: string): number | undefined {
  const asUtcMs = Date.parse(`${text.replace(" ", "T")}Z`);
  if (Number.isNaN(asUtcMs)) return undefined;
  const offsetMs = (atMs: number) => Date.parse(`${toWallTime(atMs, timeZone).replace(" ", "T")}Z`) - atMs;
  // The offset at the guess may be that of the other side of a change: once more at the better guess.
  return asUtcMs - offsetMs(asUtcMs - offsetMs(asUtcMs));
}
