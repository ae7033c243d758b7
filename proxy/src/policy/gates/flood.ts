/** Gate 4: more messages than one source may send. Three lanes, so that what is easily forged cannot use up what is not. */
import type { Reason } from "@sipprot/shared/reason";
import type { Arrival } from "../arrival.ts";
import { blockSource } from "../escalation.ts";
import type { Source } from "../source.ts";
import { isInGoodStanding } from "../source.ts";
import type { PolicyState } from "../state.ts";

/** Each account registered at the source lets it send this much more. */
const MESSAGES_PER_SECOND_AN_ACCOUNT = 20;
const BURST_AN_ACCOUNT = 40;
/** A trunk speaks for many phones: this many times the limit of a stranger. */
const TRUNK_FACTOR = 5;
/** A proven source is blocked when it sends this many times its limit … */
const BLOCK_FACTOR = 5;
/** … over this long. */
const BLOCK_AFTER_MS = 5_000;

/** `attempt`: credentials whose nonce proves nothing. `dialog`: known dialogs and answers the PBX waits for. `rest`: all else. */
export type Lane = "attempt" | "dialog" | "rest";

/** The refusal, or undefined with one message counted in its lane (a leaky bucket, told by when it would be empty again). */
export function refuseFlood(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  lane: Lane,
  isProven: boolean,
): Reason | undefined {
  const { rate, burst } = limitsOf(state, source, arrival.atMs);
  const intervalMs = 1000 / rate;
  const fullMs = Math.max(laneOf(source, lane), arrival.atMs) + intervalMs;
  if (fullMs - arrival.atMs <= burst * intervalMs) {
    setLane(source, lane, fullMs);
    return undefined;
  }
  const reason: Reason = { gate: "flood", messagesPerSecond: rate, burstMessages: burst };
  if (isProven) countFlood(state, source, arrival, reason, rate);
  return reason;
}

/**
 * When a message that was over the limit may come again. Each one gets a place of its own, as many a second as the source may
 * send, so that a thousand connections that wait ask no more often than one.
 */
export function takeFloodTurn(state: PolicyState, source: Source, atMs: number): number {
  const turnMs = Math.max(source.floodTurnMs, atMs) + 1000 / limitsOf(state, source, atMs).rate;
  source.floodTurnMs = turnMs;
  return turnMs;
}

/** Gives a message's place back: it is held and will be asked about again. */
export function unflood(state: PolicyState, source: Source, lane: Lane, atMs: number): void {
  setLane(source, lane, laneOf(source, lane) - 1000 / limitsOf(state, source, atMs).rate);
}

function limitsOf(state: PolicyState, source: Source, atMs: number): { rate: number; burst: number } {
  const { floodMessagesPerSecond, floodBurstMessages } = state.settings;
  const standing = source.standing;
  strangerLimits.rate = floodMessagesPerSecond;
  strangerLimits.burst = floodBurstMessages;
  if (standing === undefined) return strangerLimits;
  const accounts = standing.accountsLately(atMs);
  const factor = standing.isTrunk(atMs) ? TRUNK_FACTOR : 1;
  strangerLimits.rate = Math.max(
    floodMessagesPerSecond * factor,
    floodMessagesPerSecond + accounts * MESSAGES_PER_SECOND_AN_ACCOUNT,
  );
  strangerLimits.burst = Math.max(floodBurstMessages * factor, floodBurstMessages + accounts * BURST_AN_ACCOUNT);
  return strangerLimits;
}

/** Used again for each message: a plain pass allocates nothing. */
const strangerLimits = { rate: 0, burst: 0 };

function countFlood(state: PolicyState, source: Source, arrival: Arrival, reason: Reason, rate: number): void {
  const abuse = source.abuse;
  if (abuse?.kind !== "flood" || arrival.atMs - abuse.sinceMs > 2 * BLOCK_AFTER_MS) {
    source.abuse = { kind: "flood", sinceMs: arrival.atMs, count: 1 };
    return;
  }
  abuse.count += 1;
  const elapsedMs = arrival.atMs - abuse.sinceMs;
  if (elapsedMs < BLOCK_AFTER_MS || abuse.count * 1000 < rate * BLOCK_FACTOR * elapsedMs) return;
  if (!isInGoodStanding(source, arrival.atMs)) blockSource(state, source, arrival, reason);
}

function laneOf(source: Source, lane: Lane): number {
  if (lane === "rest") return source.restFullMs;
  return lane === "dialog" ? source.dialogFullMs : source.attemptFullMs;
}

function setLane(source: Source, lane: Lane, fullMs: number): void {
  if (lane === "rest") source.restFullMs = fullMs;
  else if (lane === "dialog") source.dialogFullMs = fullMs;
  else source.attemptFullMs = fullMs;
}
