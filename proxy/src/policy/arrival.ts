/** What the policy is told of one message: who sent it, to which protected endpoint, when, and how it reads. */
import type { Transport } from "@sipprot/shared/block";
import type { SipMessage } from "../sip/message.ts";

/** One message as it arrived. True during the call only: `message` and `bytes` are used again for the next one. */
export interface Arrival {
  readonly atMs: number;
  /** Canonical address of the peer outside: the client for what comes in, the receiver for what the PBX sends. */
  readonly address: string;
  readonly port: number;
  /** tcp and tls mean that a handshake was completed, which proves the address. */
  readonly transport: Transport;
  /** The protected endpoint, e.g. `203.0.113.10:5060`. */
  readonly endpoint: string;
  readonly message: SipMessage;
}
