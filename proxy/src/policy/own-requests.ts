/** Requests the PBX sends by itself (registrations, pings, calls to phones) and the answers it waits for. */
import type { Arrival } from "./arrival.ts";
import { learnDialog } from "./proof.ts";
import { type Source, WORTH_STANDING } from "./source.ts";
import { Standing } from "./standing.ts";
import type { PolicyState } from "./state.ts";
import { hashBranch } from "./transaction.ts";

/** An answer is awaited this long: a phone may ring for minutes (RFC 3261 16.6, timer C is at least three). */
const AWAITED_MS = 600_000;
/** Requests whose good answer shows that the PBX and the peer know each other. */
const FAMILIAR_METHODS = new Set(["INVITE", "REGISTER", "OPTIONS"]);

/** The PBX sent a request to this peer: its answer is awaited, and the dialog it may begin is known. */
export function noteOwnRequest(state: PolicyState, source: Source, arrival: Arrival): void {
  const { message, atMs } = arrival;
  const { high, low } = hashBranch(state.hash, source, message.branch, message.method);
  state.branches.put(high, low, atMs);
  if (message.fromTag !== "") learnDialog(state, source, message.callId, message.fromTag, atMs);
}

/** True for an answer that brings back a branch the PBX sent to this peer; a blind forger cannot know it. */
export function isAwaitedAnswer(state: PolicyState, source: Source, arrival: Arrival): boolean {
  const { message, atMs } = arrival;
  const { high, low } = hashBranch(state.hash, source, message.branch, message.cseqMethod);
  return state.branches.has(high, low, atMs, AWAITED_MS);
}

/** A peer that answers the PBX's own calls, registrations or pings well is a trunk or a phone of ours. */
export function noteAwaitedAnswer(state: PolicyState, source: Source, arrival: Arrival): void {
  const { status, cseqMethod } = arrival.message;
  if (status < 200 || status > 299 || !FAMILIAR_METHODS.has(cseqMethod)) return;
  noteTrunk(state, source, arrival.atMs);
}

/** The source is in good standing as a trunk from now. */
export function noteTrunk(state: PolicyState, source: Source, atMs: number): void {
  if (!state.sources.keep(source, WORTH_STANDING, atMs)) return;
  source.standing ??= new Standing();
  source.standing.trunkMs = Math.max(source.standing.trunkMs, atMs);
}
