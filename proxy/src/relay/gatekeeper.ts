/** What the relay asks of the reader and the policy: judge what a client sends, look at what the PBX sends. */

import type { Gate } from "@sipprot/shared/reason";
import type { MessageReader } from "../sip/reader.ts";
import type { RelayTransport } from "../worker-messages.ts";

/** The other end outside: who sent it (in), or who gets it (out). */
export interface Peer {
  /** Canonical address. */
  readonly address: string;
  readonly port: number;
  readonly transport: RelayTransport;
  /** The protected endpoint, e.g. `203.0.113.10:5060`. */
  readonly endpoint: string;
}

/** What becomes of one message of a client. */
export interface Judgement {
  /** `hold` only over tcp: keep it and ask again at `retryAtMs`. */
  readonly verdict: "pass" | "drop" | "hold";
  /** The gate that refused, or would have in observe mode. */
  readonly gate: Gate | "none";
  readonly retryAtMs: number;
}

/** Reader and policy behind one face. Neither function throws, whatever the bytes are. */
export interface Gatekeeper {
  /** The message judged last, read; true until the next call. */
  readonly message: MessageReader;
  /** Judges one whole message of a client. `bytes` are used during the call only. */
  judge(bytes: Buffer, peer: Peer, atMs: number): Judgement;
  /** Looks at one whole message the PBX sends to the peer; the status of an answer, 0 for a request or junk. */
  see(bytes: Buffer, peer: Peer, atMs: number): number;
  /** The same for a message that is read already. */
  seeRead(message: MessageReader, peer: Peer, atMs: number): number;
  /** True for those on the allowlist and in good standing: where not all can be served at once, they come first. */
  isKnown(address: string, atMs: number): boolean;
  /** True for what keeps a path through NAT open and is no message: empty, CRLFs, a STUN binding. */
  isKeepalive(bytes: Buffer): boolean;
  /** A fresh cutter for one direction of one connection. */
  openFramer(): Framer;
}

/** One piece of a stream: its bytes are exactly those that came. */
export interface Frame {
  readonly kind: "message" | "keepalive";
  readonly bytes: Buffer;
}

/** Cuts one direction of a TCP connection into messages (RFC 3261 18.3). */
export interface Framer {
  /** The whole frames this chunk completes. Never throws. */
  push(chunk: Buffer): readonly Frame[];
  /** True from the moment the stream cannot be SIP any more; nothing more comes out. */
  readonly isBroken: boolean;
  /** Bytes of a message that is not whole yet. */
  readonly pendingBytes: number;
}
