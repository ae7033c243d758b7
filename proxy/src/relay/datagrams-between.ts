/**
 * Lets datagrams have their turn between the events of TCP connections. The event loop hands over up to a thousand of these
 * before it looks at a UDP socket again: ten thousand connections of an attacker, each with its byte, would hold up the phones
 * for tens of milliseconds.
 */
import type { DatagramIo } from "./datagram-port.ts";

/** Work on connections after which datagrams are looked for. */
const LOOK_AFTER_MS = 1;

/** To be called at the beginning of each event of a connection; cheap when datagrams were looked for just now. */
export type DatagramsBetween = () => void;

/** Over all sockets of a worker. `now` gives milliseconds. */
export function letDatagramsBetween(io: DatagramIo, now: () => number = () => performance.now()): DatagramsBetween {
  let lookedAtMs = now();
  return () => {
    const atMs = now();
    if (atMs - lookedAtMs < LOOK_AFTER_MS) return;
    io.takeWaiting();
    lookedAtMs = now();
  };
}
