/** What a pair of connections is made with, and what it is to those who rewrite messages. */
import type { Socket } from "node:net";
import type { ConnectPacer } from "./connect-pacer.ts";
import type { ConnectionCensus } from "./connection-census.ts";
import type { DatagramsBetween } from "./datagrams-between.ts";
import type { Gatekeeper, Peer } from "./gatekeeper.ts";
import type { KeepaliveLimit } from "./keepalive-limit.ts";
import type { LaneTally, Tally } from "./tally.ts";

/** The client's end of a pair. */
export interface ClientLine {
  readonly peer: Peer;
  /** Writes a message to the client. False when it is gone, or is not read from and enough is waiting. */
  sendToClient(bytes: Buffer): boolean;
}

/** Rewrites what passes, for a proxy that adds itself to a message. Without one, bytes pass as they came. */
export interface StreamTranslator {
  /** The message judged just now as the PBX shall have it; undefined when it does not go on over this connection. */
  inward(peer: Peer): Buffer | undefined;
  /** Takes a message that the PBX sent over this connection, and sees to the rest. */
  outward(message: Buffer, line: ClientLine): void;
  /** What the client gets back for a keepalive; undefined: nothing. */
  pong(keepalive: Buffer): Buffer | undefined;
}

/** What all pairs of an endpoint share. */
export interface PairSetup {
  readonly gatekeeper: Gatekeeper;
  readonly tally: Tally;
  readonly lane: LaneTally;
  readonly census: ConnectionCensus;
  readonly keepalives: KeepaliveLimit;
  readonly pacer: ConnectPacer;
  readonly now: () => number;
  /** Called at the beginning of whatever happens to a connection. */
  readonly datagramsBetween: DatagramsBetween;
  /** Begins to connect towards the PBX on behalf of the peer; half-open allowed. May throw. */
  readonly connectUp: (peer: Peer) => Socket;
  readonly translator?: StreamTranslator | undefined;
  /** Told when the pair is gone. */
  readonly ended?: ((line: ClientLine) => void) | undefined;
}
