/** One open way through the worker: an endpoint over one transport. */
import type { DatagramPort } from "./datagram-port.ts";

export interface RelayPath {
  /** Its UDP sockets, for buffer sizes and drops. */
  readonly datagramPorts: readonly DatagramPort[];
  /** Connections of clients now. */
  connections(): number;
  /** Ends what has waited too long; called once a second. */
  sweep(nowMs: number): void;
  /**
   * Takes no more connections and resets those there are, before it returns: while the steering is still there to bring
   * the resets to both ends. Datagrams go on.
   */
  release(): void;
  close(): Promise<void>;
}
