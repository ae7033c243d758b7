/** Time that goes on evenly whatever becomes of the wall clock, and the notice of the wall clock having been set. */

/**
 * Set by less than this, a clock only moves the ends of blocks a little; by more, those blocked or counted would stay so for
 * as long as it was set back.
 */
export const MIN_STEP_MS = 10_000;

const anchorMs = Date.now() - performance.now();

/** Milliseconds of the epoch as the wall clock stood at the program's start, and on from there without a jump. */
export function steadyNow(): number {
  return Math.round(anchorMs + performance.now());
}

export class ClockWatch {
  readonly #wallMs: () => number;
  readonly #steadyMs: () => number;
  #aheadMs: number;

  constructor(wallMs: () => number = Date.now, steadyMs: () => number = steadyNow) {
    this.#wallMs = wallMs;
    this.#steadyMs = steadyMs;
    this.#aheadMs = wallMs() - steadyMs();
  }

  /** By how much the clock was set since this was last more than 0, forth or back (negative); 0 for not worth a word. */
  readStep(): number {
    const stepMs = this.#wallMs() - this.#steadyMs() - this.#aheadMs;
    if (Math.abs(stepMs) < MIN_STEP_MS) return 0;
    this.#aheadMs += stepMs;
    return stepMs;
  }
}
