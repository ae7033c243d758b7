/**
 * The branch of our own Via, computed from the request alone (RFC 3261 16.11): the same for every retransmission, for
 * the CANCEL of an INVITE and for the ACK of its refusal, and recognised when the answer comes back.
 */
import { createHmac } from "node:crypto";
import type { MessageReader } from "../sip/reader.ts";

/** RFC 3261 8.1.1.7. */
const COOKIE = "z9hG4bK";
/** 72 bits: 12 characters of base64url. */
const MAC_BYTES = 9;
const LISTENER_DIGITS = 2;

/** Computes and recognises branches under one secret. */
export class OwnBranches {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** The branch for a message whose topmost Via is the sender's: a request before ours is pushed, an answer after it is popped. */
  branchFor(message: MessageReader, listener: number): string {
    const tag = listener.toString(16).padStart(LISTENER_DIGITS, "0");
    const hmac = createHmac("sha256", this.#secret).update(`via ${tag} ${identityOf(message)}`, "latin1");
    return `${COOKIE}${tag}${hmac.digest().subarray(0, MAC_BYTES).toString("base64url")}`;
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
function identityOf(message: MessageReader): string {
  const via = message.topVia;
  const sentBy = message.bytes.toString("latin1", via.hostStart, via.hostEnd).toLowerCase();
  const branch = message.branch;
  const transaction = `${sentBy} ${via.port} ${branch}`;
  if (branch.startsWith(COOKIE)) return transaction;
  return `${transaction} ${message.callId} ${message.fromTag} ${message.cseq}`;
}
