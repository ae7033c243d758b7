/** Looking for accounts: many different identities challenged at one source, and none of them ever answers. */
import type { Reason } from "@sipprot/shared/reason";
import type { SipMessage } from "../../sip/message.ts";
import type { Arrival } from "../arrival.ts";
import { blockSource } from "../escalation.ts";
import { ANSWER_WITHIN_MS, Identities } from "../identities.ts";
import { isInGoodStanding, type Source, WORTH_UNPROVEN } from "../source.ts";
import { MAX_IDENTITIES, type PolicyState } from "../state.ts";
import { hashIdentity } from "../transaction.ts";

/** How long unknown identities are refused after a scan was seen: short, since over UDP the scan may be forged. */
const REFUSE_MS = 60_000;
/** Identities that may wait for their answer at once, in multiples of the limit a minute: bounds a scan within its first 2 s. */
const OUTSTANDING_FACTOR = 10;
/** Each account registered at the source may leave this many challenges unanswered: a phone that gives up and tries again. */
const SPARE_AN_ACCOUNT = 2;
/** Methods that belong to a call or subscription that is there, or are never challenged. */
const INSIDE_METHODS = new Set(["ACK", "CANCEL", "BYE", "PRACK", "UPDATE", "INFO", "NOTIFY"]);
/** Answers that tell a scanner something of an identity: challenges, and "not here". */
const TELLING_STATUSES = new Set([401, 403, 404, 407, 410, 480, 484, 485, 604]);

/** The refusal of a request without credentials, or undefined. Known identities and trunks always pass. */
export function refuseEnumeration(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  isProven: boolean,
  isInDialog: boolean,
): Reason | undefined {
  const identities = source.identities;
  if (identities === undefined || isInDialog) return undefined;
  const { message, atMs } = arrival;
  if (INSIDE_METHODS.has(message.method) || isKnown(source, message, message.method, atMs)) return undefined;
  const before = identities.size;
  const waiting = identities.outstanding(atMs);
  const unanswered = identities.unanswered(atMs);
  state.identities += identities.size - before;
  const perMinute = state.settings.enumerationAccountsPerMinute;
  const limit = perMinute + (source.standing?.accountsLately(atMs) ?? 0) * SPARE_AN_ACCOUNT + identities.answered(atMs);
  const kind = message.method === "INVITE" ? "toll-fraud" : "enumeration";
  if (unanswered > limit) {
    identities.refuseUntilMs = atMs + REFUSE_MS;
    const reason: Reason = { gate: "guessing", kind, seen: unanswered, limit, windowSeconds: 60 };
    if (isProven && !isInGoodStanding(source, atMs)) blockSource(state, source, arrival, reason);
    return reason;
  }
  if (identities.refuseUntilMs > atMs) return { gate: "guessing", kind, seen: unanswered, limit, windowSeconds: 60 };
  const most = limit * OUTSTANDING_FACTOR;
  if (waiting < most) return undefined;
  return { gate: "guessing", kind, seen: waiting, limit: most, windowSeconds: ANSWER_WITHIN_MS / 1000 };
}

/** True for the refusal that ends by itself as soon as identities answer, or are found not to. */
export function isScanLimit(reason: Reason): boolean {
  return reason.gate === "guessing" && reason.kind !== "credit" && reason.windowSeconds === ANSWER_WITHIN_MS / 1000;
}

/** A request without credentials was answered in a way that tells something of its identity. */
export function noteChallenge(state: PolicyState, source: Source, arrival: Arrival): void {
  const { message, atMs } = arrival;
  const method = message.cseqMethod;
  if (!TELLING_STATUSES.has(message.status) || INSIDE_METHODS.has(method) || isKnown(source, message, method, atMs))
    return;
  if (state.identities >= MAX_IDENTITIES || !state.sources.keep(source, WORTH_UNPROVEN, atMs)) return;
  source.identities ??= new Identities();
  const before = source.identities.size;
  source.identities.challenge(hashIdentity(state.hash, method === "REGISTER", message), atMs);
  state.identities += source.identities.size - before;
}

/** The identity of a request came back with a nonce issued to this source. */
export function noteAnswer(state: PolicyState, source: Source, arrival: Arrival): void {
  const identities = source.identities;
  if (identities === undefined) return;
  const before = identities.size;
  const isRegister = arrival.message.method === "REGISTER";
  identities.answer(hashIdentity(state.hash, isRegister, arrival.message), arrival.atMs);
  state.identities += identities.size - before;
  if (identities.isIdle(arrival.atMs)) source.identities = undefined;
}

function isKnown(source: Source, message: SipMessage, method: string, atMs: number): boolean {
  const standing = source.standing;
  if (standing === undefined) return false;
  return standing.isTrunk(atMs) || standing.knows(method === "REGISTER" ? message.toUser : message.fromUser);
}
