/** What happened, as the procedures tell it. */
import type { SipEvent } from "@sipprot/shared/event";
import type {
  EventExport,
  EventExportInput,
  EventPage,
  EventPageInput,
  RuleInput,
  RuleOffer,
} from "@sipprot/shared/event-log";
import type { Actor } from "../actor.ts";

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
  readonly page: (input: EventPageInput) => Promise<EventPage>;
  readonly exportPiece: (input: EventExportInput) => Promise<EventExport>;
  /** What a rule made of a view would do; changes nothing. */
  readonly offerRule: (input: RuleInput, actor: Actor) => Promise<RuleOffer>;
}
