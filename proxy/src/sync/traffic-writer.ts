/** Messages that passed, on their way to the counts of the store: added up by the minute, bounded while the store is away. */
import type { PassedCount } from "@sipprot/shared/store/count-store";
import type { Counters } from "../worker-messages.ts";

/** Counts kept while the store is away: a day of minutes of one busy endpoint, and less than a megabyte. */
export const MAX_WAITING_COUNTS = 5000;

const MINUTE_MS = 60_000;

export class TrafficWriter {
  readonly #write: (passed: readonly PassedCount[]) => Promise<void>;
  readonly #waiting = new Map<string, PassedCount>();
  #flushing: Promise<void> | undefined;

  /** `write` throws when the store does not take the counts. */
  constructor(write: (passed: readonly PassedCount[]) => Promise<void>) {
    this.#write = write;
  }

  /** Minutes, endpoints and gates that wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes what a worker reports each second. */
  note({ atMs, messages }: Counters): void {
    for (const { direction, verdict, endpoint, gate, count } of messages) {
      if (direction === "in" && verdict === "pass") this.#add({ atMs, endpoint, gate, count });
    }
  }

  /** Writes what waits; what the store does not take waits on. Never throws. */
  async flush(): Promise<void> {
    this.#flushing ??= this.#flushAll().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    const passed = [...this.#waiting.values()];
    this.#waiting.clear();
    try {
      await this.#write(passed);
    } catch {
      for (const count of passed) this.#add(count);
    }
  }

  #add({ atMs, endpoint, gate, count }: PassedCount): void {
    const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    const key = `${minuteMs}|${endpoint}|${gate}`;
    const known = this.#waiting.get(key);
    if (known === undefined && this.#waiting.size >= MAX_WAITING_COUNTS) return;
    this.#waiting.set(key, { atMs: minuteMs, endpoint, gate, count: (known?.count ?? 0) + count });
  }
}
