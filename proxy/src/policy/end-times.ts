/** When the entries of a list end, looked through a few at a time: a call costs the same however many entries there are. */
import { Rotation } from "./rotation.ts";

/** Entries without an end are not in it. */
export class EndTimes {
  readonly #ends = new Map<string, number>();
  readonly #rotation = new Rotation(() => this.#ends.entries());

  get size(): number {
    return this.#ends.size;
  }

  /** The entry ends then, whatever was said of it before; undefined: never. */
  put(network: string, endMs: number | undefined): void {
    if (endMs === undefined) this.#ends.delete(network);
    else this.#ends.set(network, endMs);
  }

  delete(network: string): void {
    this.#ends.delete(network);
  }

  clear(): void {
    this.#ends.clear();
  }

  /** Forgets those that are over among the next `steps`, and returns them. After size / steps calls all were looked at. */
  takeOver(atMs: number, steps: number): string[] {
    const over: string[] = [];
    for (let step = Math.min(steps, this.#ends.size); step > 0; step -= 1) {
      const [network, endMs] = this.#rotation.next() ?? ["", Number.POSITIVE_INFINITY];
      if (endMs > atMs) continue;
      this.#ends.delete(network);
      over.push(network);
    }
    return over;
  }
}
