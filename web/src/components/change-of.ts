/** How a number changed against an earlier one. Pure. */

export interface Change {
  readonly direction: "up" | "down" | "same";
  /** 0.5 is half as much again; absent when there was nothing before. */
  readonly ratio?: number;
}

export function changeOf(now: number, before: number): Change {
  const direction = now > before ? "up" : now < before ? "down" : "same";
  if (before === 0) return now === 0 ? { direction, ratio: 0 } : { direction };
  return { direction, ratio: (now - before) / before };
}
