/**
 * Gate 4 for strangers together: a flood from invented addresses keeps to each address's own limit. While they send more than a
 * PBX should be asked for, a stranger's first message passes only when it is sent again, which phones do by themselves.
 */
import type { Reason } from "@sipprot/shared/reason";
import type { Arrival } from "../arrival.ts";
import { isInGoodStanding, type Source } from "../source.ts";
import { LATELY_MS } from "../standing.ts";
import type { PolicyState } from "../state.ts";
import { hashTransaction } from "../transaction.ts";

/** How many seconds' worth may come at once. */
const BURST_SECONDS = 4;
/** A request over UDP is sent again for 64 × T1, first after T1 = 500 ms (RFC 3261 17.1.1.2, 17.1.2.2). */
const SENT_AGAIN_WITHIN_MS = 32_000;

/**
 * The refusal, or undefined. For requests whose sender proved nothing: known phones and trunks, those whose registration the PBX
 * took, whoever answers a challenge, and connections are never refused here. Nobody is blocked for it, as the sender may be invented.
 */
export function refuseCrowd(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  isProven: boolean,
): Reason | undefined {
  const rate = state.settings.strangerMessagesPerSecond;
  const { atMs } = arrival;
  if (rate === 0 || isProven) return undefined;
  if (atMs - source.acceptedMs <= LATELY_MS || isInGoodStanding(source, atMs)) return undefined;
  const fullMs = Math.max(state.crowdFullMs, atMs) + (1000 * state.workers) / rate;
  if (fullMs - atMs <= BURST_SECONDS * 1000) {
    state.crowdFullMs = fullMs;
    return undefined;
  }
  const { high, low } = hashTransaction(state.hash, source, arrival.message);
  if (state.turnedAway.has(high, low, atMs, SENT_AGAIN_WITHIN_MS)) return undefined;
  state.turnedAway.put(high, low, atMs);
  return { gate: "flood", messagesPerSecond: rate, burstMessages: BURST_SECONDS * rate, of: "strangers" };
}
