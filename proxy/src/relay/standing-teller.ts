/**
 * Tells main who is in good standing, a portion a turn of the event loop: of 50,000 phones that is a third of a second of work,
 * and no packet waits for it.
 */
import type { StandingRecord } from "../policy/standing.ts";
import type { WorkerToMain } from "../worker-messages.ts";

/** Records of one portion: some tenths of a millisecond. */
const PORTION_RECORDS = 100;
/** When main takes nothing more, the portion is told again after this. */
const AGAIN_MS = 50;

/** What is told, and by whom. */
export interface StandingSource {
  exportStanding(atOnce: number): Iterator<StandingRecord[], void>;
}

type Portion = Extract<WorkerToMain, { kind: "standing" }>;

export class StandingTeller {
  readonly #policy: StandingSource;
  readonly #tell: (message: WorkerToMain) => boolean;
  #records: Iterator<StandingRecord[], void> | undefined;
  #isFirst = true;
  /** What main did not take. */
  #untold: Portion | undefined;
  #isAtIt = false;

  /** `tell` gives false when main takes nothing more just now. */
  constructor(policy: StandingSource, tell: (message: WorkerToMain) => boolean) {
    this.#policy = policy;
    this.#tell = tell;
  }

  /** Begins anew, also while it is at it. */
  begin(): void {
    this.#records = this.#policy.exportStanding(PORTION_RECORDS);
    this.#isFirst = true;
    this.#untold = undefined;
    if (this.#isAtIt) return;
    this.#isAtIt = true;
    this.#goOn();
  }

  readonly #goOn = () => {
    const portion = this.#untold ?? this.#next();
    if (!this.#tell(portion)) {
      this.#untold = portion;
      // A worker that ends does not wait for it.
      setTimeout(this.#goOn, AGAIN_MS).unref();
      return;
    }
    this.#untold = undefined;
    this.#isAtIt = !portion.isLast;
    if (this.#isAtIt) setImmediate(this.#goOn);
  };

  #next(): Portion {
    const next = this.#records?.next();
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return { kind: "standing", records: next?.value ?? [], isFirst, isLast: next?.done !== false };
  }
}
