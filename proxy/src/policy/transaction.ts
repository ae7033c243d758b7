/** Hashes that name a transaction, a dialog, a nonce or an identity of one source; each leaves its result in `state.hash`. */
import type { SipMessage } from "../sip/message.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { Source } from "./source.ts";

// Different first numbers keep one kind of hash from ever being another.
const TRANSACTION = 1;
const GUESS = 2;
const DIALOG = 3;
const NONCE = 4;
const IDENTITY = 5;
const ACCOUNT = 6;
const BRANCH = 7;
const ENDED = 8;

/** A client's request and the answers to it: branch, Call-ID, CSeq and its method (RFC 3261 17.1.3, 8.1.1.7). */
export function hashTransaction(hash: KeyedHash, source: Source, message: SipMessage): KeyedHash {
  return hash
    .start()
    .number(TRANSACTION)
    .text(source.key)
    .text(message.branch)
    .text(message.callId)
    .number(message.cseq)
    .text(message.isRequest ? message.method : message.cseqMethod)
    .finish();
}

/** The guess a request makes: all its credentials. The same hash is the same guess. */
export function hashGuess(hash: KeyedHash, message: SipMessage): number {
  hash.start().number(GUESS);
  for (const { username, realm, nonce, response } of message.credentials) {
    hash.text(username).text(realm).text(nonce).text(response);
  }
  return hash.finish().low;
}

/** A dialog by Call-ID and the PBX's own tag, which only a peer that received it can name (RFC 3261 12). */
export function hashDialog(hash: KeyedHash, source: Source, callId: string, tagOfPbx: string): KeyedHash {
  return hash.start().number(DIALOG).text(source.key).text(callId).text(tagOfPbx).finish();
}

/** That a dialog was ended by its peer once. */
export function hashEnded(hash: KeyedHash, source: Source, callId: string, tagOfPbx: string): KeyedHash {
  return hash.start().number(ENDED).text(source.key).text(callId).text(tagOfPbx).finish();
}

/** A nonce as issued to one source. */
export function hashNonce(hash: KeyedHash, source: Source, nonce: string): KeyedHash {
  return hash.start().number(NONCE).text(source.key).text(nonce).finish();
}

/** A request of the PBX, by the branch that its answer brings back. */
export function hashBranch(hash: KeyedHash, source: Source, branch: string, method: string): KeyedHash {
  return hash.start().number(BRANCH).text(source.key).text(branch).text(method).finish();
}

/** Whom a request without credentials speaks for: the registered address, or caller and called. */
export function hashIdentity(hash: KeyedHash, isRegister: boolean, message: SipMessage): number {
  hash.start().number(IDENTITY).text(message.toUser);
  if (!isRegister) hash.text(message.fromUser);
  return hash.finish().low;
}

export function hashAccount(hash: KeyedHash, account: string): number {
  return hash.start().number(ACCOUNT).text(account).finish().low;
}
