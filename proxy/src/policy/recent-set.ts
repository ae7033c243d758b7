/** A set of keyed hashes with the time each was last seen, in fixed memory: what is oldest in its row makes room. */

/** Entries a row holds; the oldest of a row is replaced, so one entry survives about as many insertions as the set is large. */
const ROW_ENTRIES = 8;

/**
 * Remembers pairs of 32-bit hashes. Size and cost never grow. Which row a hash falls into depends on a secret, so nobody can push
 * a particular entry out without filling the whole set. A wrong "yes" needs a 32-bit match within one row: about 1 in 500 million.
 */
export class RecentSet {
  readonly #checks: Int32Array;
  /** Epoch seconds; 0 is an empty entry. */
  readonly #seconds: Int32Array;
  readonly #rowMask: number;

  /** `entries` is a power of two, at least 8; each takes 8 bytes. */
  constructor(entries: number) {
    this.#checks = new Int32Array(entries);
    this.#seconds = new Int32Array(entries);
    this.#rowMask = entries / ROW_ENTRIES - 1;
  }

  get entries(): number {
    return this.#checks.length;
  }

  /** Remembers the hash as of `atMs`. */
  put(high: number, low: number, atMs: number): void {
    const first = (high & this.#rowMask) * ROW_ENTRIES;
    let oldest = first;
    let oldestSeconds = Number.POSITIVE_INFINITY;
    for (let index = first; index < first + ROW_ENTRIES; index += 1) {
      const seconds = this.#seconds[index] ?? 0;
      if (seconds !== 0 && this.#checks[index] === low) {
        oldest = index;
        break;
      }
      if (seconds < oldestSeconds) {
        oldest = index;
        oldestSeconds = seconds;
      }
    }
    this.#checks[oldest] = low;
    this.#seconds[oldest] = Math.max(1, Math.floor(atMs / 1000));
  }

  /** True when the hash was put at most `withinMs` before `atMs` and has not been replaced since. */
  has(high: number, low: number, atMs: number, withinMs: number): boolean {
    const first = (high & this.#rowMask) * ROW_ENTRIES;
    for (let index = first; index < first + ROW_ENTRIES; index += 1) {
      const seconds = this.#seconds[index] ?? 0;
      if (seconds !== 0 && this.#checks[index] === low) return atMs - seconds * 1000 <= withinMs;
    }
    return false;
  }
}
