/** Until when an entry counts, as it is chosen in a form. Pure. */

/** Seconds that are offered: an hour, a day, a week, a month. */
export const endPresets = [3600, 86_400, 604_800, 2_592_000] as const;

export type EntryEnd =
  | { readonly kind: "never" }
  | { readonly kind: "for"; readonly seconds: number }
  /** Undefined while no moment is chosen. */
  | { readonly kind: "at"; readonly atMs: number | undefined };

/** The end of an entry that is there. */
export function endOf(expiresAtSeconds: number | undefined): EntryEnd {
  return expiresAtSeconds === undefined ? { kind: "never" } : { kind: "at", atMs: expiresAtSeconds * 1000 };
}

/** True when it is a moment to come, or never. */
export function isPossible(end: EntryEnd, nowMs: number): boolean {
  return end.kind !== "at" || (end.atMs !== undefined && end.atMs > nowMs);
}

/** When it ends, in seconds since 1970; nothing for never. */
export function expiresAt(end: EntryEnd, nowMs: number): number | null {
  if (end.kind === "never") return null;
  if (end.kind === "for") return Math.floor(nowMs / 1000) + end.seconds;
  return Math.floor((end.atMs ?? nowMs) / 1000);
}

/** For how long it counts from now, at least a second; nothing for never. */
export function secondsUntil(end: EntryEnd, nowMs: number): number | undefined {
  if (end.kind === "never") return undefined;
  if (end.kind === "for") return end.seconds;
  return Math.max(1, Math.round(((end.atMs ?? nowMs) - nowMs) / 1000));
}
