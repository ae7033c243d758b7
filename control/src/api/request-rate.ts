/** How many requests each source may send: a bucket each, in a bounded table. */

/** Requests a second that a source may send, lasting: a page with ten tiles refreshing each second, five times over. */
const PER_SECOND = 50;
/** Requests at once: a page that loads, in several tabs. */
const BURST = 200;
/** Sources remembered, about 100 bytes each; beyond, the one remembered for longest is forgotten. */
const MAX_SOURCES = 20_000;

interface Bucket {
  left: number;
  atMs: number;
}

export class RequestRate {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes so many requests. Returns 0, or after how many milliseconds there is room; then nothing was taken. */
  take(source: string, count: number, nowMs: number): number {
    const kept = this.#buckets.get(source) ?? { left: BURST, atMs: nowMs };
    const left = Math.min(BURST, kept.left + (Math.max(0, nowMs - kept.atMs) / 1000) * PER_SECOND);
    const isFine = left >= count;
    // Put anew, so that the first of the table is the one unused for longest.
    this.#buckets.delete(source);
    this.#buckets.set(source, { left: isFine ? left - count : left, atMs: nowMs });
    if (this.#buckets.size > MAX_SOURCES) {
      const oldest = this.#buckets.keys().next().value;
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return isFine ? 0 : Math.ceil(((count - left) / PER_SECOND) * 1000);
  }
}
