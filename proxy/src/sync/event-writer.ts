/** Events on their way to the store: a bounded queue, written in batches; what does not fit is counted. */
import type { SipEvent } from "@sipprot/shared/event";

/** Events kept while the store is away: some ten minutes of a broad attack, about 10 MB. */
export const MAX_QUEUED_EVENTS = 20_000;
/** Events written at a time. */
export const MAX_BATCH_EVENTS = 500;

export class EventWriter {
  readonly #write: (events: readonly SipEvent[]) => Promise<void>;
  readonly #queue: SipEvent[] = [];
  #writing: Promise<void> | undefined;
  /** Messages whose events were given up, the oldest first. */
  dropped = 0;
  /** Why the store did not take the last batch, or "". */
  trouble = "";

  /** `write` throws when the store does not take the batch. */
  constructor(write: (events: readonly SipEvent[]) => Promise<void>) {
    this.#write = write;
  }

  get queued(): number {
    return this.#queue.length;
  }

  add(events: readonly SipEvent[]): void {
    this.#queue.push(...events);
    const excess = this.#queue.length - MAX_QUEUED_EVENTS;
    if (excess > 0) for (const event of this.#queue.splice(0, excess)) this.dropped += event.count;
  }

  /** Writes what is queued, batch by batch; ends early when the store does not answer. Never throws. */
  async flush(): Promise<void> {
    this.#writing ??= this.#flushAll().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async #flushAll(): Promise<void> {
    while (this.#queue.length > 0) {
      // Taken out first: while the store is asked, the queue may overflow and give up its oldest.
      const batch = this.#queue.splice(0, MAX_BATCH_EVENTS);
      try {
        await this.#write(batch);
        this.trouble = "";
      } catch (error) {
        this.trouble = (error as Error).message;
        this.#queue.unshift(...batch);
        this.add([]);
        return;
      }
    }
  }
}
