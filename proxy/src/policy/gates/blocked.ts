/** Gate 2: a standing block of the whole source. */
import type { Arrival } from "../arrival.ts";
import type { Decision } from "../decision.ts";
import { countBlocked, endBlock, extendBlock } from "../escalation.ts";
import { blockedDecision } from "../live-block.ts";
import type { Source } from "../source.ts";
import type { PolicyState } from "../state.ts";
import { hashTransaction } from "../transaction.ts";
import { scannerReason } from "./scanner.ts";

/** The refusal while the source is blocked. A new attack meanwhile starts the block's time again. */
export function refuseBlocked(state: PolicyState, source: Source, arrival: Arrival): Decision | undefined {
  const block = source.block;
  if (block === undefined) return undefined;
  if (block.untilMs <= arrival.atMs) {
    endBlock(state, source, block, arrival.atMs);
    return undefined;
  }
  const { message } = arrival;
  countBlocked(state, source, block, arrival.atMs, hashTransaction(state.hash, source, message).low);
  if (message.isRequest && scannerReason(state, message) !== undefined) extendBlock(state, source, block, arrival.atMs);
  return blockedDecision(block);
}
