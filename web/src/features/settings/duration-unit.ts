/** A time in the largest unit that divides it. Pure. */

/** Seconds of a second, a minute, an hour, a day. */
export const durationUnits = [1, 60, 3600, 86_400] as const;
export type DurationUnit = (typeof durationUnits)[number];

export function splitUnit(seconds: number): { readonly count: number; readonly unit: DurationUnit } {
  const unit = [...durationUnits].reverse().find((one) => seconds > 0 && seconds % one === 0) ?? 1;
  return { count: seconds / unit, unit };
}
