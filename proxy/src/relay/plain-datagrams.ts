/** UDP sockets of Node's own `dgram`: one system call a datagram, and nothing to go wrong. */
import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";
import {
  BUFFER_BYTES,
  type DatagramHandler,
  type DatagramIo,
  type DatagramPort,
  isAnswerable,
} from "./datagram-port.ts";
import type { Tally } from "./tally.ts";

/** Most bytes waiting in our own send queue; beyond, datagrams are lost as on any full line. */
const MAX_QUEUED_BYTES = 4 * 1024 * 1024;
/** How many sends pass between two looks at the queue. 64 of the largest datagrams are 4 MiB. */
const QUEUE_CHECK_EVERY = 64;

/** Every address here is a literal, so the resolver (and its turn of the event loop) is left out. */
function resolveLiteral(
  address: string,
  _options: unknown,
  done: (error: NodeJS.ErrnoException | null, address: string, family: number) => void,
): void {
  done(null, address, address.includes(":") ? 6 : 4);
}

export const plainDatagrams: DatagramIo = { kind: "dgram", open: openPlainPort, takeWaiting: () => {} };

async function openPlainPort(local: HostPort, handle: DatagramHandler, tally: Tally): Promise<DatagramPort> {
  const sixth = isIPv6(local.address);
  const socket = createSocket({ type: sixth ? "udp6" : "udp4", ipv6Only: sixth, lookup: resolveLiteral });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind({ address: local.address, port: local.port, exclusive: true }, () => {
      socket.off("error", reject);
      resolve();
    });
  });
  socket.on("error", () => {
    tally.sums.sendErrors += 1;
  });
  socket.on("message", (bytes, remote) => {
    // Nobody can be answered at port 0.
    if (remote.port === 0 || (sixth && !isAnswerable(remote.address))) tally.sums.guarded += 1;
    else handle(bytes, remote.address, remote.port);
  });
  enlargeBuffers(socket);
  return new PlainDatagramPort(socket, tally);
}

function enlargeBuffers(socket: Socket): void {
  try {
    socket.setRecvBufferSize(BUFFER_BYTES);
    socket.setSendBufferSize(BUFFER_BYTES);
  } catch {
    // Some systems refuse more than their maximum instead of giving it: the default stays, and is reported.
  }
}

class PlainDatagramPort implements DatagramPort {
  readonly local: HostPort;
  readonly receiveBufferBytes: number;
  readonly #socket: Socket;
  readonly #tally: Tally;
  /** One for all sends: without it Node keeps to itself what the system refused. */
  readonly #noteOutcome = (error: Error | null) => {
    if (error !== null) this.#tally.sums.sendErrors += 1;
  };
  #sinceCheck = 0;
  #isFull = false;

  constructor(socket: Socket, tally: Tally) {
    const { address, port } = socket.address();
    this.local = { address, port };
    this.receiveBufferBytes = socket.getRecvBufferSize();
    this.#socket = socket;
    this.#tally = tally;
  }

  send(bytes: Buffer, port: number, address: string): void {
    this.#sinceCheck += 1;
    if (this.#isFull || this.#sinceCheck >= QUEUE_CHECK_EVERY) {
      this.#sinceCheck = 0;
      this.#isFull = this.#socket.getSendQueueSize() > MAX_QUEUED_BYTES;
    }
    if (this.#isFull) {
      this.#tally.sums.sendErrors += 1;
      return;
    }
    try {
      this.#socket.send(bytes, port, address, this.#noteOutcome);
    } catch {
      this.#tally.sums.sendErrors += 1;
    }
  }

  beat(bytes: Buffer, port: number, address: string): void {
    try {
      this.#socket.send(bytes, port, address, () => {});
    } catch {
      // It is closed: the last beat was the one before.
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.close(() => resolve());
    });
  }
}
