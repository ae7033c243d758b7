/** The dynamic blocks and what is known of an address, as the procedures use them. */
import type {
  BlockPageInput,
  BlockRow,
  BlockWithEvidence,
  Explanation,
  Lifted,
  LiftedAndAllowed,
  LiftedMatching,
  MatchingLift,
} from "@sipprot/shared/block-page";
import type { Page } from "@sipprot/shared/page";
import type { Actor } from "../actor.ts";

export interface BlocksPort {
  readonly page: (query: BlockPageInput, nowMs: number) => Promise<Page<BlockRow>>;
  readonly evidence: (key: string, nowMs: number) => Promise<BlockWithEvidence>;
  /** The keys of those that are in force. */
  readonly find: (keys: readonly string[], nowMs: number) => Promise<string[]>;
  readonly liftMatching: (lift: MatchingLift, actor: Actor) => Promise<LiftedMatching>;
  readonly lift: (keys: readonly string[], actor: Actor) => Promise<Lifted>;
  readonly liftAndAllow: (
    given: { readonly block: string; readonly hours: number; readonly note: string },
    actor: Actor,
  ) => Promise<LiftedAndAllowed>;
  readonly explain: (address: string, nowMs: number) => Promise<Explanation>;
}
