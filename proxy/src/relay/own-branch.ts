/**
 * The branch of our own Via, computed from the request alone (RFC 3261 16.11): the same for every retransmission, for
 * the CANCEL of an INVITE and for the ACK of its refusal, and recognised when the answer comes back.
 */
import { KeyedHash, SECRET_BYTES } from "../policy/keyed-hash.ts";
import type { MessageReader } from "../sip/reader.ts";

/** RFC 3261 8.1.1.7. */
const COOKIE = "z9hG4bK";
const LISTENER_DIGITS = 2;
const HALF_DIGITS = 8;

/**
 * Computes and recognises branches under one secret. 64 bits of a keyed hash: whoever does not hold the secret would have to
 * guess one in 2^64, and would win no more than to have an answer of his carried to the PBX.
 */
export class OwnBranches {
  readonly #hash: KeyedHash;

  /** Uses the secret's second eight bytes; the first are the policy's. */
  constructor(secret: Uint8Array) {
    this.#hash = new KeyedHash(secret.subarray(SECRET_BYTES));
  }

  /** The branch for a message whose topmost Via is the sender's: a request before ours is pushed, an answer after it is popped. */
  branchFor(message: MessageReader, listener: number): string {
    const hash = this.#hash.start().number(listener);
    addIdentity(hash, message);
    const { high, low } = hash.finish();
    return `${COOKIE}${hex(listener, LISTENER_DIGITS)}${hex(high, HALF_DIGITS)}${hex(low, HALF_DIGITS)}`;
  }

  /** The listener that a branch of ours names; undefined when it cannot be ours. Compare with `branchFor` to be sure. */
  listenerOf(branch: string): number | undefined {
    const tag = branch.slice(COOKIE.length, COOKIE.length + LISTENER_DIGITS);
    return branch.startsWith(COOKIE) && /^[0-9a-f]{2}$/.test(tag) ? Number.parseInt(tag, 16) : undefined;
  }
}

/**
 * What tells one transaction from another (17.2.3): branch and sent-by. Senders of RFC 2543 times have no unique branch;
 * for them Call-ID, From tag and CSeq number. The To tag and the method stay out, so that ACK and CANCEL match; the
 * Request-URI stays out, so that an answer can be recognised.
 */
function addIdentity(hash: KeyedHash, message: MessageReader): void {
  const via = message.topVia;
  const branch = message.branch;
  hash
    .text(message.bytes.toString("latin1", via.hostStart, via.hostEnd).toLowerCase())
    .number(via.port)
    .text(branch);
  if (!branch.startsWith(COOKIE)) hash.text(message.callId).text(message.fromTag).number(message.cseq);
}

function hex(word: number, digits: number): string {
  return (word >>> 0).toString(16).padStart(digits, "0");
}
