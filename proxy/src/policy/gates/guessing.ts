/** Gate 7: wrong passwords. A request with credentials passes only when its source, and its account, have credit for it. */
import type { Reason } from "@sipprot/shared/reason";
import type { Arrival } from "../arrival.ts";
import { type Attempt, CREDIT_MS, Credit, MAX_REPEATS, REPEATS_WITHIN_MS, unprovenShare } from "../credit.ts";
import { blockSource, endBlock, PROBE_EVERY_MS } from "../escalation.ts";
import type { LiveBlock } from "../live-block.ts";
import { takeFirstBye } from "../proof.ts";
import { isInGoodStanding, type Source, WORTH_PROVEN, WORTH_UNPROVEN } from "../source.ts";
import { MAX_ATTEMPTS, type PolicyState } from "../state.ts";
import { hashAccount, hashGuess, hashTransaction } from "../transaction.ts";

/** What the gate is told of the message beside the arrival. */
export interface Signs {
  /** The credentials carry a nonce issued to this source. */
  readonly hasIssuedNonce: boolean;
  readonly isProven: boolean;
  readonly isInDialog: boolean;
}

/** Attempts recorded beyond the window in observe mode, where they pass anyway. */
const MAX_OBSERVED_BEYOND = 256;

/** Wrong guesses a minute of this source that may reach the PBX: the block rule, and one more for each account registered lately. */
export function windowOf(state: PolicyState, source: Source, atMs: number): number {
  return state.settings.blockRuleFailuresPerMinute + (source.standing?.accountsLately(atMs) ?? 0);
}

/** The refusal of a request with credentials; undefined when it passes, its credit taken. */
export function refuseGuess(state: PolicyState, source: Source, arrival: Arrival, signs: Signs): Reason | undefined {
  const { message, atMs } = arrival;
  if (message.method === "ACK" || message.method === "CANCEL") return undefined;
  const account = message.credentials[0]?.username ?? "";
  expireCredit(state, source, atMs);
  const { high: key, low: check } = hashTransaction(state.hash, source, message);
  const earlier = source.credit?.find(key, check);
  const guess = hashGuess(state.hash, message);
  if (earlier !== undefined && earlier.guess === guess && isRetransmission(arrival, earlier)) {
    earlier.repeats += 1;
    return undefined;
  }
  // Another guess in the same transaction is no retransmission: a stack that tries again takes a new branch (RFC 3261 22.2).
  if (source.credit?.isFree(key) === false) return refuseBeyond(state, source, arrival, signs, account);
  if (message.method === "BYE" && signs.isInDialog && takeFirstBye(state, source, arrival)) return undefined;
  const block = standingAccountBlock(state, source, account, atMs);
  if (block !== undefined && !(signs.isProven && atMs >= block.probeAtMs)) {
    block.refused += 1;
    return block.reason;
  }
  const cost = costOf(arrival);
  const sharedReason = refuseSharedAccount(state, source, arrival, signs, account, cost);
  if (sharedReason !== undefined) return sharedReason;
  if (!hasCredit(state, source, signs, cost, atMs)) return refuseBeyond(state, source, arrival, signs, account);
  if (block !== undefined) block.probeAtMs = atMs + PROBE_EVERY_MS;
  if (source.failing !== undefined) state.evidence.keep(source, arrival);
  take(state, source, arrival, signs, { key, check, guess, account, cost });
  return undefined;
}

/** Observe mode: the request passes though it was refused, so it is remembered as if it had had credit. */
export function observeAttempt(state: PolicyState, source: Source, arrival: Arrival, signs: Signs): void {
  const { message, atMs } = arrival;
  if (message.method === "ACK" || message.method === "CANCEL") return;
  const { high: key, low: check } = hashTransaction(state.hash, source, message);
  const credit = source.credit;
  if (credit !== undefined && !credit.isFree(key)) return;
  if ((credit?.size ?? 0) >= windowOf(state, source, atMs) + MAX_OBSERVED_BEYOND) return;
  const worth = signs.isProven ? WORTH_PROVEN : WORTH_UNPROVEN;
  if (state.attempts >= MAX_ATTEMPTS || !state.sources.keep(source, worth, atMs)) return;
  const guess = hashGuess(state.hash, message);
  const account = message.credentials[0]?.username ?? "";
  take(state, source, arrival, signs, { key, check, guess, account, cost: costOf(arrival) });
}

/** True while a client may send the attempt again as it is: over UDP, until its transaction ends. */
function isRetransmission(arrival: Arrival, attempt: Attempt): boolean {
  if (arrival.transport !== "udp" || attempt.repeats >= MAX_REPEATS) return false;
  return arrival.atMs - attempt.atMs <= REPEATS_WITHIN_MS;
}

/** True when an answer that is due may give credit back: over a connection the message is worth keeping for it. */
export function isWorthHolding(source: Source, arrival: Arrival, reason: Reason): boolean {
  if (reason.gate !== "guessing" || reason.kind !== "credit") return false;
  return source.block === undefined && source.credit?.hasPendingSince(arrival.atMs - ANSWER_DUE_MS) === true;
}

/** A PBX that has not answered after this long will not make room soon. */
const ANSWER_DUE_MS = 2_000;

/** Forgets attempts that no longer hold credit. */
export function expireCredit(state: PolicyState, source: Source, atMs: number): void {
  const credit = source.credit;
  if (credit === undefined) return;
  const before = credit.size;
  credit.expire(atMs);
  state.attempts += credit.size - before;
}

function hasCredit(state: PolicyState, source: Source, signs: Signs, cost: number, atMs: number): boolean {
  const window = windowOf(state, source, atMs);
  const used = source.credit?.used ?? 0;
  if (used + cost > window) return false;
  if (!signs.isProven && (source.credit?.unprovenUsed ?? 0) + cost > unprovenShare(window)) return false;
  const isForeign = !signs.isProven && !isInGoodStanding(source, atMs);
  if (state.attempts >= (isForeign ? MAX_ATTEMPTS / 2 : MAX_ATTEMPTS)) return false;
  return state.sources.keep(source, signs.isProven ? WORTH_PROVEN : WORTH_UNPROVEN, atMs);
}

function take(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  signs: Signs,
  what: Pick<Attempt, "key" | "check" | "guess" | "account" | "cost">,
): void {
  const { atMs, message } = arrival;
  const isInvite = message.method === "INVITE";
  const isShared = source.standing?.hasAccount(what.account) !== true;
  source.credit ??= new Credit();
  source.credit.take({
    key: what.key,
    check: what.check,
    guess: what.guess,
    account: what.account,
    cost: what.cost,
    accountHash: hashAccount(state.hash, what.account),
    agent: message.agent,
    atMs,
    isProven: signs.isProven,
    isShared,
    isReused: isInvite && state.branches.has(what.key, what.check, atMs, CREDIT_MS),
    state: "pending",
    heldUntilMs: atMs + CREDIT_MS,
    repeats: 0,
  });
  state.attempts += 1;
  if (isShared) state.sharedAccounts.add(what.account, atMs, signs.isProven, what.cost, atMs);
}

/** No credit. When proven failures used it up, this is an attack; when it is only waiting for answers, it is a busy office. */
function refuseBeyond(state: PolicyState, source: Source, arrival: Arrival, signs: Signs, account: string): Reason {
  const { atMs } = arrival;
  const used = source.credit?.used ?? 0;
  const limit = windowOf(state, source, atMs);
  const reason: Reason = {
    gate: "guessing",
    kind: "credit",
    seen: used,
    limit,
    windowSeconds: CREDIT_MS / 1000,
    account,
  };
  if (signs.isProven && isAttack(state, source, atMs)) blockSource(state, source, arrival, reason);
  return reason;
}

/** True when the source's proven failures cannot be an office's: see escalate in answered.ts for the slow ones. */
function isAttack(state: PolicyState, source: Source, atMs: number): boolean {
  const limit = state.settings.blockRuleFailuresPerMinute;
  if (!isInGoodStanding(source, atMs)) return (source.credit?.provenFailures() ?? 0) >= limit;
  return (source.failing?.distinct(atMs) ?? 0) > limit + (source.standing?.accountsLately(atMs) ?? 0);
}

function refuseSharedAccount(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  signs: Signs,
  account: string,
  cost: number,
): Reason | undefined {
  if (source.standing?.hasAccount(account) === true) return undefined;
  const limit = state.settings.accountFailuresPerMinute;
  const total = state.sharedAccounts.total(account, arrival.atMs);
  const isOver =
    total + cost > limit ||
    (!signs.isProven && state.sharedAccounts.unproven(account, arrival.atMs) + cost > unprovenShare(limit));
  if (!isOver) return undefined;
  return { gate: "guessing", kind: "shared-account", seen: total, limit, windowSeconds: 60, account };
}

function standingAccountBlock(
  state: PolicyState,
  source: Source,
  account: string,
  atMs: number,
): LiveBlock | undefined {
  const block = source.accountBlocks?.get(account);
  if (block === undefined || block.untilMs > atMs) return block;
  endBlock(state, source, block, atMs);
  return undefined;
}

/** Credentials for one realm in the message: a PBX may try each of them, so each is a guess. */
function costOf(arrival: Arrival): number {
  const { credentials } = arrival.message;
  if (credentials.length <= 1) return 1;
  let most = 1;
  for (const { realm } of credentials) {
    let same = 0;
    for (const other of credentials) if (other.realm === realm) same += 1;
    if (same > most) most = same;
  }
  return most;
}
