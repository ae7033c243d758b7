/** The policy of what comes from outside: the gates in their order, the first refusal wins. Pure: time is told, nothing is done. */
import type { Reason } from "@sipprot/shared/reason";
import type { Arrival } from "./arrival.ts";
import type { Decision } from "./decision.ts";
import { refuseBlocked } from "./gates/blocked.ts";
import { countryOf, refuseCountry } from "./gates/country.ts";
import { refuseCrowd } from "./gates/crowd.ts";
import { isScanLimit, noteAnswer, refuseEnumeration } from "./gates/enumeration.ts";
import { type Lane, refuseFlood, takeFloodTurn, unflood } from "./gates/flood.ts";
import { isWorthHolding, observeAttempt, refuseGuess, type Signs } from "./gates/guessing.ts";
import { lookUpLists, refuseDenied } from "./gates/listed.ts";
import { refuseMalformed } from "./gates/malformed.ts";
import { refuseScanner } from "./gates/scanner.ts";
import { isAwaitedAnswer, noteAwaitedAnswer } from "./own-requests.ts";
import { carriesIssuedNonce, isGuess, isInKnownDialog } from "./proof.ts";
import { ALLOWED, DENIED, type Source } from "./source.ts";
import type { PolicyState } from "./state.ts";
import { tell } from "./telling.ts";

const PASS: Decision = Object.freeze({ verdict: "pass", reason: undefined, retryAtMs: 0 });
/** A held message is asked about again after this long: a few round trips to the PBX. */
const HOLD_MS = 50;

/** What was found out about the message being decided; used again for each one. */
const signs: { -readonly [Sign in keyof Signs]: Signs[Sign] } & { isGuess: boolean } = {
  isGuess: false,
  hasIssuedNonce: false,
  isProven: false,
  isInDialog: false,
};

/**
 * Decides on one message that a client sent. Never throws, whatever the bytes say; a plain pass allocates nothing.
 * `hold` comes only for tcp and tls. In observe mode the verdict is always `pass`, with the reason it would have been refused for.
 */
export function decide(arrival: Arrival, state: PolicyState): Decision {
  const { atMs, address } = arrival;
  if (atMs > state.nowMs) state.nowMs = atMs;
  const source = state.sources.at(address, atMs);
  signs.isGuess = false;
  signs.isInDialog = false;
  signs.hasIssuedNonce = false;
  signs.isProven = arrival.transport !== "udp";
  const listed = lookUpLists(state, source, address);
  if (listed === ALLOWED) return PASS;
  countryOf(state, source, address);
  if (listed === DENIED) {
    return refuse(state, source, arrival, refuseDenied(state, source, arrival) ?? PASS);
  }
  const { message } = arrival;
  if (!message.isRequest) return decideAnswer(state, source, arrival);
  signs.isInDialog = message.toTag !== "" && isInKnownDialog(state, source, arrival);
  signs.isGuess = isGuess(message);
  signs.hasIssuedNonce = signs.isGuess && carriesIssuedNonce(state, source, arrival);
  signs.isProven ||= signs.hasIssuedNonce || signs.isInDialog;
  const blocked = source.block === undefined ? undefined : refuseBlocked(state, source, arrival);
  if (blocked !== undefined) return refuse(state, source, arrival, blocked);
  const lane = laneOfRequest();
  const reason = refuseRequest(state, source, arrival, lane);
  if (reason === undefined) return PASS;
  if (arrival.transport !== "udp" && !state.isObserving) {
    // Nothing is sent again over a connection: what was dropped is lost, and with it the phone's registration.
    if (reason.gate === "flood") return { verdict: "hold", reason, retryAtMs: takeFloodTurn(state, source, atMs) };
    if (isWorthHolding(source, arrival, reason) || isScanLimit(reason)) {
      unflood(state, source, lane, atMs);
      return { verdict: "hold", reason, retryAtMs: atMs + HOLD_MS };
    }
  }
  if (reason.gate === "guessing" || reason.gate === "scanner" || reason.gate === "malformed")
    state.evidence.keep(source, arrival);
  return refuse(state, source, arrival, { verdict: "drop", reason, retryAtMs: 0 });
}

/** Gates 3 to 7, for a request. */
function refuseRequest(state: PolicyState, source: Source, arrival: Arrival, lane: Lane): Reason | undefined {
  const { isProven, isInDialog } = signs;
  // The PBX speaks with that peer already: a call abroad must be able to go on and to end.
  const country = isInDialog ? undefined : refuseCountry(state, source, arrival);
  const early =
    country ??
    refuseFlood(state, source, arrival, lane, isProven) ??
    refuseMalformed(state, source, arrival, isProven) ??
    refuseScanner(state, source, arrival, isProven) ??
    refuseCrowd(state, source, arrival, isProven);
  if (early !== undefined) return early;
  if (!signs.isGuess) return refuseEnumeration(state, source, arrival, isProven, isInDialog);
  if (signs.hasIssuedNonce) noteAnswer(state, source, arrival);
  return refuseGuess(state, source, arrival, signs);
}

/** An answer to a request of the PBX. Those it waits for pass the country and the block: the PBX itself called there. */
function decideAnswer(state: PolicyState, source: Source, arrival: Arrival): Decision {
  const isAwaited = isAwaitedAnswer(state, source, arrival);
  signs.isProven ||= isAwaited;
  if (!isAwaited) {
    const blocked = source.block === undefined ? undefined : refuseBlocked(state, source, arrival);
    if (blocked !== undefined) return refuse(state, source, arrival, blocked);
  }
  const reason =
    (isAwaited ? undefined : refuseCountry(state, source, arrival)) ??
    refuseFlood(state, source, arrival, isAwaited ? "dialog" : "attempt", signs.isProven) ??
    refuseMalformed(state, source, arrival, signs.isProven);
  if (reason !== undefined) return refuse(state, source, arrival, { verdict: "drop", reason, retryAtMs: 0 });
  if (isAwaited) noteAwaitedAnswer(state, source, arrival);
  return PASS;
}

function laneOfRequest(): Lane {
  if (signs.isInDialog) return "dialog";
  return signs.isGuess && !signs.isProven ? "attempt" : "rest";
}

/** Tells of the refusal; in observe mode lets the message pass and remembers it as passed. */
function refuse(state: PolicyState, source: Source, arrival: Arrival, decision: Decision): Decision {
  const { reason } = decision;
  if (reason === undefined) return decision;
  const { message } = arrival;
  const account = reason.gate === "guessing" ? reason.account : undefined;
  tell(state, source, arrival, state.isObserving ? "would-refuse" : "refused", reason, signs.isProven, account);
  if (!state.isObserving) return decision;
  if (message.isRequest && signs.isGuess) observeAttempt(state, source, arrival, signs);
  return { verdict: "pass", reason, retryAtMs: 0 };
}
