/** A length of time in its two largest units. Pure. */

export interface DurationParts {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Whole units of a time; nothing is left of what is over. */
export function splitDuration(totalSeconds: number): DurationParts {
  const whole = Math.max(0, Math.ceil(totalSeconds));
  return {
    days: Math.floor(whole / 86_400),
    hours: Math.floor((whole % 86_400) / 3600),
    minutes: Math.floor((whole % 3600) / 60),
    seconds: whole % 60,
  };
}
