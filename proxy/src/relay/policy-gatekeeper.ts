/** The gatekeeper of the product: the SIP reader and the policy behind the relay's narrow face. */
import type { Transport } from "@sipprot/shared/block";
import { answered } from "../policy/answered.ts";
import { decide } from "../policy/decide.ts";
import type { PolicyView } from "../policy/view.ts";
import { MessageStream } from "../sip/framing.ts";
import { isKeepalive } from "../sip/keepalive.ts";
import { MessageReader } from "../sip/reader.ts";
import type { Frame, Framer, Gatekeeper, Judgement, Peer } from "./gatekeeper.ts";

/** Judges by the policy. One reader and one arrival serve for all messages. */
export class PolicyGatekeeper implements Gatekeeper {
  /** Messages on which reader or policy failed, which is a mistake of ours and told in health. */
  faults = 0;
  lastFault = "";
  readonly #policy: PolicyView;
  readonly message = new MessageReader();
  readonly #arrival: {
    atMs: number;
    address: string;
    port: number;
    transport: Transport;
    endpoint: string;
    message: MessageReader;
  };

  constructor(policy: PolicyView) {
    this.#policy = policy;
    this.#arrival = { atMs: 0, address: "", port: 0, transport: "udp", endpoint: "", message: this.message };
  }

  judge(bytes: Buffer, peer: Peer, atMs: number): Judgement {
    try {
      const { verdict, reason, retryAtMs } = decide(this.#arrive(this.message.read(bytes), peer, atMs), this.#policy);
      return { verdict, gate: reason?.gate ?? "none", retryAtMs };
    } catch (error) {
      this.#note(error);
      // The operator's choice for when we are broken holds for one message too.
      return { verdict: this.#policy.settings.failOpen ? "pass" : "drop", gate: "none", retryAtMs: 0 };
    }
  }

  see(bytes: Buffer, peer: Peer, atMs: number): number {
    return this.seeRead(this.message.read(bytes), peer, atMs);
  }

  seeRead(message: MessageReader, peer: Peer, atMs: number): number {
    try {
      answered(this.#arrive(message, peer, atMs), this.#policy);
      return message.status;
    } catch (error) {
      this.#note(error);
      return 0;
    }
  }

  isKnown(address: string, atMs: number): boolean {
    return this.#policy.isKnown(address, atMs);
  }

  isKeepalive(bytes: Buffer): boolean {
    return isKeepalive(bytes);
  }

  openFramer(): Framer {
    return new StreamFramer();
  }

  #arrive(message: MessageReader, peer: Peer, atMs: number) {
    const arrival = this.#arrival;
    arrival.atMs = atMs;
    arrival.address = peer.address;
    arrival.port = peer.port;
    arrival.transport = peer.transport;
    arrival.endpoint = peer.endpoint;
    arrival.message = message;
    return arrival;
  }

  #note(error: unknown): void {
    this.faults += 1;
    this.lastFault = error instanceof Error ? error.message : "unknown";
  }
}

class StreamFramer implements Framer {
  readonly #stream = new MessageStream();

  push(chunk: Buffer): readonly Frame[] {
    return this.#stream.push(chunk);
  }

  get isBroken(): boolean {
    return this.#stream.fault !== undefined;
  }

  get pendingBytes(): number {
    return this.#stream.heldBytes;
  }
}
