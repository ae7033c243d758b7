/** The policy of what the PBX sends out: the answers say which attempts failed, whom to trust, and which nonces went where. */
import type { Reason } from "@sipprot/shared/reason";
import type { Arrival } from "./arrival.ts";
import type { Attempt } from "./credit.ts";
import { blockAccount, blockSource, endBlock } from "./escalation.ts";
import { Failing } from "./failing.ts";
import { noteChallenge } from "./gates/enumeration.ts";
import { expireCredit, windowOf } from "./gates/guessing.ts";
import { lookUpLists } from "./gates/listed.ts";
import { noteOwnRequest, noteTrunk } from "./own-requests.ts";
import { learnDialog, learnNonce } from "./proof.ts";
import { ALLOWED, isInGoodStanding, type Source, WORTH_STANDING } from "./source.ts";
import { Standing } from "./standing.ts";
import type { PolicyState } from "./state.ts";
import { tell } from "./telling.ts";
import { hashTransaction } from "./transaction.ts";

/** A stranger's proven failures within ten minutes, in multiples of the block rule, that are an attack however slow. */
const SLOW_FACTOR = 3;
/** Up to this many failing accounts are stuck phones, each refused for itself; more are someone who looks for a way in. */
const STUCK_ACCOUNTS = 2;
/** Failures spread over more than this are a phone that keeps trying, not a guesser. */
const SLOW_PACE_SECONDS = 60;

/**
 * Takes note of one message that the PBX sends to a peer. It always goes out; nothing is decided here.
 * `arrival.address` is the receiver, and the message reads as the receiver gets it: where a Via of ours was on top, without it.
 */
export function answered(arrival: Arrival, state: PolicyState): void {
  const { atMs, address, message } = arrival;
  if (atMs > state.nowMs) state.nowMs = atMs;
  const source = state.sources.at(address, atMs);
  if (lookUpLists(state, source, address) === ALLOWED) return;
  if (message.isRequest) {
    noteOwnRequest(state, source, arrival);
    return;
  }
  let isStale = false;
  for (const challenge of message.challenges) {
    learnNonce(state, source, challenge.nonce, atMs);
    isStale ||= challenge.stale;
  }
  const { status, cseqMethod } = message;
  const isAccepted = status > 100 && status < 300;
  if (isAccepted && message.toTag !== "" && (cseqMethod === "INVITE" || cseqMethod === "SUBSCRIBE")) {
    learnDialog(state, source, message.callId, message.toTag, atMs);
  }
  if (isAccepted && cseqMethod === "REGISTER") source.acceptedMs = atMs;
  expireCredit(state, source, atMs);
  const { high, low } = hashTransaction(state.hash, source, message);
  const attempt = source.credit?.find(high, low);
  if (attempt === undefined) {
    if (status >= 300) noteChallenge(state, source, arrival);
  } else if (isFailure(state, status, isStale)) noteFailure(state, source, arrival, attempt);
  else if (status > 100) noteSuccess(state, source, arrival, attempt);
  else if (source.standing?.hasSignedIn(attempt.account, attempt.accountHash) === true)
    source.credit?.markTrying(attempt);
  if (isAccepted && cseqMethod === "INVITE") noteTrunk(state, source, atMs);
}

/** A final answer that says "wrong password". A stale nonce says only "again", whatever the password. */
function isFailure(state: PolicyState, status: number, isStale: boolean): boolean {
  if (status === 401 || status === 407) return !isStale;
  return status === 403 && state.settings.forbiddenCountsAsFailure;
}

/** The credit comes back, unless the answer may be a repeat of one that was given before. */
function noteSuccess(state: PolicyState, source: Source, arrival: Arrival, attempt: Attempt): void {
  const { atMs, message } = arrival;
  if (attempt.state === "failed" || attempt.isReused) return;
  source.credit?.giveBack(attempt);
  if (source.credit?.size === 0) source.credit = undefined;
  state.attempts -= 1;
  if (message.cseqMethod === "INVITE") state.branches.put(attempt.key, attempt.check, atMs);
  if (attempt.isShared) {
    state.sharedAccounts.giveBack(attempt.account, attempt.atMs, attempt.isProven, attempt.cost, atMs);
  }
  const isAccepted = message.status < 300;
  if (!isAccepted || (message.cseqMethod !== "REGISTER" && message.cseqMethod !== "INVITE")) return;
  if (!state.sources.keep(source, WORTH_STANDING, atMs)) return;
  source.standing ??= new Standing();
  if (message.cseqMethod === "REGISTER") source.standing.register(attempt.account, message.toUser, atMs);
  else source.standing.addCaller(attempt.accountHash);
  source.standing.noteAgent(attempt.agent);
  source.failing?.forgive(attempt.accountHash);
  const block = source.accountBlocks?.get(attempt.account);
  if (block !== undefined) endBlock(state, source, block, atMs);
}

function noteFailure(state: PolicyState, source: Source, arrival: Arrival, attempt: Attempt): void {
  const { atMs } = arrival;
  if (source.credit?.fail(attempt, atMs) !== true) return;
  const { account, agent } = attempt;
  const limit = windowOf(state, source, atMs);
  const reason: Reason = {
    gate: "guessing",
    kind: "credit",
    seen: source.credit.used,
    limit,
    windowSeconds: 60,
    account,
  };
  tell(state, source, arrival, "sign-in-failed", reason, attempt.isProven, account, agent);
  if (!attempt.isProven) return;
  if (attempt.isShared) state.addEffect({ kind: "account-failure", account, atMs });
  escalate(state, source, arrival, attempt, reason);
}

/** One more proven failure: is it one stuck account, or someone who goes through accounts? */
function escalate(state: PolicyState, source: Source, arrival: Arrival, attempt: Attempt, reason: Reason): void {
  const { atMs } = arrival;
  const rule = state.settings.blockRuleFailuresPerMinute;
  const registered = source.standing?.accountsLately(atMs) ?? 0;
  const isGood = isInGoodStanding(source, atMs);
  source.failing ??= new Failing();
  const failing = source.failing;
  const record = failing.add(attempt.accountHash, atMs, rule + registered);
  const distinct = failing.distinct(atMs);
  if (
    isGood
      ? distinct > rule + registered
      : distinct > STUCK_ACCOUNTS && failing.recentFailures(atMs) > SLOW_FACTOR * rule
  ) {
    blockSource(state, source, arrival, reason, attempt.agent);
    return;
  }
  // A stranger at full speed is blocked whole, at the next attempt.
  if (record.count < rule || (!isGood && (source.credit?.provenFailures() ?? 0) >= rule)) return;
  const { account } = attempt;
  const windowSeconds = Math.max(1, record.lastSeconds - record.sinceSeconds);
  const why: Reason = { gate: "guessing", kind: "account", seen: record.count, limit: rule, windowSeconds, account };
  const isNew = source.accountBlocks?.has(account) !== true;
  blockAccount(state, source, arrival, why, account, attempt.agent);
  const isStuck = windowSeconds > SLOW_PACE_SECONDS || source.standing?.hasAccount(account) === true;
  if (isNew && isStuck) tell(state, source, arrival, "stuck-phone", why, true, account, attempt.agent);
}
