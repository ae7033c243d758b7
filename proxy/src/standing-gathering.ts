/** Puts together what workers tell, portion after portion, of who is in good standing. Knows no processes and no clock. */
import type { WorkerToMain } from "./worker-messages.ts";

export class StandingGathering {
  /** What each worker has told of it so far, by slot. */
  readonly #parts = new Map<number, unknown[]>();
  #awaited = new Set<number>();

  /** True when all who were asked have told everything. */
  get isComplete(): boolean {
    return this.#awaited.size === 0;
  }

  /** Workers are being asked, and those of these slots are waited for: of others, and of what was told before, nothing is. */
  begin(slots: Iterable<number>): void {
    this.#parts.clear();
    this.#awaited = new Set(slots);
  }

  /** Takes a portion; with the last one, all that the worker told. */
  take(slot: number, { records, isFirst, isLast }: Extract<WorkerToMain, { kind: "standing" }>): unknown[] | undefined {
    const known = isFirst ? [] : this.#parts.get(slot);
    // Without its beginning it is no whole.
    if (known === undefined) return undefined;
    for (const record of records) known.push(record);
    if (!isLast) {
      this.#parts.set(slot, known);
      return undefined;
    }
    this.forget(slot);
    return known;
  }

  /** The worker of this slot is gone, and will tell no more. */
  forget(slot: number): void {
    this.#parts.delete(slot);
    this.#awaited.delete(slot);
  }
}
