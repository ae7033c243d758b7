/** Proof that a message comes from where it says: a nonce issued there, a handshake, a dialog's own tag. */
import type { SipMessage } from "../sip/message.ts";
import type { Arrival } from "./arrival.ts";
import type { Source } from "./source.ts";
import type { PolicyState } from "./state.ts";
import { hashDialog, hashEnded, hashNonce } from "./transaction.ts";

/** How long a nonce counts as issued. Registrars let nonces live for seconds to hours; the set itself forgets the oldest. */
const NONCE_MS = 86_400_000;
/** A dialog is known this long after it was last heard of: the longest calls and subscriptions without a refresh. */
const DIALOG_MS = 86_400_000;

/** Remembers that the challenge's nonce went to this source. */
export function learnNonce(state: PolicyState, source: Source, nonce: string, atMs: number): void {
  const { high, low } = hashNonce(state.hash, source, nonce);
  state.nonces.put(high, low, atMs);
}

/**
 * True for a request that says a password: credentials with a response. Phones of mobile networks name their account in an
 * Authorization without one, to be challenged for it (3GPP TS 24.229 5.1.1.2): that is no guess.
 */
export function isGuess(message: SipMessage): boolean {
  for (const { response } of message.credentials) if (response !== "") return true;
  return false;
}

/** True when the credentials carry a nonce that went to this source: only who receives there can know it. */
export function carriesIssuedNonce(state: PolicyState, source: Source, arrival: Arrival): boolean {
  for (const { nonce } of arrival.message.credentials) {
    const { high, low } = hashNonce(state.hash, source, nonce);
    if (state.nonces.has(high, low, arrival.atMs, NONCE_MS)) return true;
  }
  return false;
}

/** Remembers a dialog by the tag the PBX gave it. */
export function learnDialog(state: PolicyState, source: Source, callId: string, tagOfPbx: string, atMs: number): void {
  const { high, low } = hashDialog(state.hash, source, callId, tagOfPbx);
  state.dialogs.put(high, low, atMs);
}

/** True for a message from outside within a dialog that the PBX takes part in. */
export function isInKnownDialog(state: PolicyState, source: Source, arrival: Arrival): boolean {
  const { message } = arrival;
  const tagOfPbx = message.isRequest ? message.toTag : message.fromTag;
  if (tagOfPbx === "") return false;
  const { high, low } = hashDialog(state.hash, source, message.callId, tagOfPbx);
  return state.dialogs.has(high, low, arrival.atMs, DIALOG_MS);
}

/** True for the first BYE of a dialog: a call must be able to end even when the window is used up. */
export function takeFirstBye(state: PolicyState, source: Source, arrival: Arrival): boolean {
  const { high, low } = hashEnded(state.hash, source, arrival.message.callId, arrival.message.toTag);
  if (state.dialogs.has(high, low, arrival.atMs, DIALOG_MS)) return false;
  state.dialogs.put(high, low, arrival.atMs);
  return true;
}
