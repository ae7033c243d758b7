/** What a reader of one SIP message offers: an index over the bytes, decoded when asked. */
import type { Flaw } from "./flaw.ts";

/**
 * The digest fields of one Authorization or Proxy-Authorization header (RFC 3261 25.1, RFC 7616), quotes and escapes undone.
 * Of a scheme other than Digest only `response` is set: what stands behind the scheme's name.
 */
export interface Credentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly response: string;
}

/** The digest fields of one WWW-Authenticate or Proxy-Authenticate header. */
export interface Challenge {
  readonly nonce: string;
  readonly stale: boolean;
}

/**
 * One message. The same object serves for many messages, so what it says is true until it reads the next one;
 * texts it returned stay valid. Texts are latin1, at most 256 characters, "" when absent.
 */
export interface SipMessage {
  /** The first thing wrong, or undefined. With a flaw the texts below are best effort: what could still be read. */
  readonly flaw: Flaw | undefined;
  readonly bytes: Buffer;
  /** Offset behind the message's last byte. */
  readonly end: number;
  readonly isRequest: boolean;
  /** Of the request line; "" for a response. Known methods are shared strings. */
  readonly method: string;
  /** Of the status line; 0 for a request. */
  readonly status: number;
  readonly requestUri: string;
  /** User part of the Request-URI, percent-decoding left undone. */
  readonly requestUser: string;
  readonly branch: string;
  readonly callId: string;
  readonly cseq: number;
  readonly cseqMethod: string;
  readonly fromUser: string;
  readonly fromHost: string;
  readonly fromTag: string;
  readonly fromDisplay: string;
  readonly toUser: string;
  readonly toHost: string;
  readonly toTag: string;
  readonly toDisplay: string;
  /** User-Agent of a request, Server of a response when there is no User-Agent. */
  readonly agent: string;
  /** All credentials of the message in order; the array is shared, do not keep it. */
  readonly credentials: readonly Credentials[];
  /** All challenges of the message in order; the array is shared, do not keep it. */
  readonly challenges: readonly Challenge[];
}
