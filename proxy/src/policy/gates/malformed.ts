/** Gate 5: what no SIP stack sends, or what filter and PBX could read as two different things. */
import type { Reason } from "@sipprot/shared/reason";
import type { Arrival } from "../arrival.ts";
import { blockSource } from "../escalation.ts";
import { isInGoodStanding, type Source } from "../source.ts";
import type { PolicyState } from "../state.ts";

/** Proven malformed messages within MALFORMED_MS that block a stranger. ALGs and old phones mangle, but not this steadily. */
const MALFORMED_LIMIT = 25;
const MALFORMED_MS = 30_000;
/** Credentials in one message: one for the registrar and one for each proxy on the way. */
const MAX_CREDENTIALS = 8;

/** The refusal, or undefined. The sender is blocked only when proven, unknown and persistent. */
export function refuseMalformed(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  isProven: boolean,
): Reason | undefined {
  const flaw =
    arrival.message.flaw ?? (arrival.message.credentials.length > MAX_CREDENTIALS ? "too-many-headers" : undefined);
  if (flaw === undefined) return undefined;
  const reason: Reason = { gate: "malformed", flaw };
  if (isProven && !isInGoodStanding(source, arrival.atMs)) countMalformed(state, source, arrival, reason);
  return reason;
}

function countMalformed(state: PolicyState, source: Source, arrival: Arrival, reason: Reason): void {
  if (source.abuse?.kind !== "malformed" || arrival.atMs - source.abuse.sinceMs > MALFORMED_MS) {
    source.abuse = { kind: "malformed", sinceMs: arrival.atMs, count: 0 };
  }
  source.abuse.count += 1;
  if (source.abuse.count >= MALFORMED_LIMIT) blockSource(state, source, arrival, reason);
}
