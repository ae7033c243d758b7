/** What happened, as the procedures tell it. */
import type { SipEvent } from "@sipprot/shared/event";

/** A batch of events with its id in the stream. */
export interface EventBatch {
  readonly id: string;
  readonly events: SipEvent[];
}

export interface EventsPort {
  /** The newest batches, newest first; before an id when one is given. */
  readonly latest: (maxBatches: number, beforeId: string | undefined) => Promise<EventBatch[]>;
  /** Batches as they come, from after an id or from now; ends when the signal does. */
  readonly live: (afterId: string | undefined, signal: AbortSignal) => AsyncIterable<EventBatch>;
}
