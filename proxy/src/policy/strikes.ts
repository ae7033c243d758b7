/** How often each source was blocked, remembered longer than the source itself. */
import { STRIKES_SECONDS } from "@sipprot/shared/redis-keys";

/** Sources whose blocks are counted; the one blocked longest ago makes room. */
export const MAX_STRUCK_SOURCES = 100_000;

export class Strikes {
  /** In the order of the last block. */
  readonly #strikes = new Map<string, { count: number; atMs: number }>();

  get size(): number {
    return this.#strikes.size;
  }

  count(source: string, atMs: number): number {
    const strikes = this.#strikes.get(source);
    return strikes === undefined || atMs - strikes.atMs > STRIKES_SECONDS * 1000 ? 0 : strikes.count;
  }

  /** Counts one more block and returns how many there were. */
  add(source: string, atMs: number): number {
    const count = this.count(source, atMs) + 1;
    this.put(source, count, atMs);
    return count;
  }

  /** What the store knows of the source. */
  put(source: string, count: number, atMs: number): void {
    this.#strikes.delete(source);
    if (count <= 0) return;
    this.#strikes.set(source, { count, atMs });
    if (this.#strikes.size <= MAX_STRUCK_SOURCES) return;
    const oldest = this.#strikes.keys().next();
    if (oldest.done !== true) this.#strikes.delete(oldest.value);
  }

  /** Forgets the oldest that are no longer remembered, at most `steps`. */
  expire(atMs: number, steps: number): void {
    for (const [source, strikes] of this.#strikes) {
      if (steps-- <= 0 || atMs - strikes.atMs <= STRIKES_SECONDS * 1000) return;
      this.#strikes.delete(source);
    }
  }
}
