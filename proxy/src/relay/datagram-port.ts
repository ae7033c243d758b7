/** What the data path asks of a UDP socket, whatever it is made of. */
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { Tally } from "./tally.ts";

/** What to do with a datagram. `bytes` may be used again after the call; address and port can be sent to. */
export type DatagramHandler = (bytes: Buffer, address: string, port: number) => void;

/** A bound UDP socket. */
export interface DatagramPort {
  readonly local: HostPort;
  /** The receive buffer the kernel really gave, in bytes. */
  readonly receiveBufferBytes: number;
  /**
   * Sends one datagram, at the latest when the handler that is at work has returned. Never throws; what cannot be sent is
   * counted in `sendErrors`.
   */
  send(bytes: Buffer, port: number, address: string): void;
  /** Sends one datagram that the kernel's rules swallow by design: the system calls that an error, and nobody counts it. */
  beat(bytes: Buffer, port: number, address: string): void;
  close(): Promise<void>;
}

/** A way to have such sockets. */
export interface DatagramIo {
  readonly kind: "batch" | "dgram";
  /**
   * Binds a UDP socket and hands every datagram that can be answered to the handler; the others (source port 0, addresses
   * with a zone) are counted in `guarded`. Rejects with the system's error when it cannot be bound.
   */
  open(local: HostPort, handle: DatagramHandler, tally: Tally): Promise<DatagramPort>;
  /**
   * Hands over now some of what waits at the sockets, and not first in the next turn of the event loop; where sockets cannot
   * be asked, nothing. A call from within a handler does nothing.
   */
  takeWaiting(): void;
}

/** Asked for; the kernel's rmem_max may give less. Holds a burst of some 10,000 messages while we are busy. */
export const BUFFER_BYTES = 8 * 1024 * 1024;

/**
 * True for the text of an address that may be answered. A zone (fe80::1%eth0) names an interface of ours and no source on
 * the Internet; ::192.0.2.1 is a form long given up that nothing is routed to.
 */
export function isAnswerable(address: string): boolean {
  return !address.includes("%") && !(address.includes(":") && address.includes("."));
}
