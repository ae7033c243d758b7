/** One open way through the worker: an endpoint over one transport. */
import type { DatagramPort } from "./datagram-port.ts";

export interface RelayPath {
  /** Its UDP sockets, for buffer sizes and drops. */
  readonly datagramPorts: readonly DatagramPort[];
  /** Connections of clients now. */
  connections(): number;
  /** Ends what has waited too long; called once a second. */
  sweep(nowMs: number): void;
  close(): Promise<void>;
}
