/**
 * UDP sockets that take and send many datagrams with one system call (recvmmsg, sendmmsg).
 *
 * Node's `dgram` watches the socket and hands over the first datagram of a burst; what waits behind it is then taken in
 * batches. What the handlers send meanwhile leaves in batches too, before the memory of the datagrams is used again.
 */
import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";
import { type DatagramHandler, type DatagramIo, type DatagramPort, isAnswerable } from "../datagram-port.ts";
import { Tally } from "../tally.ts";
import { AddressBook } from "./address-book.ts";
import { allowNoSharing, openBoundSocket } from "./bound-socket.ts";
import { BATCH_DATAGRAMS, Inbox } from "./inbox.ts";
import { Outbox, type Sender } from "./outbox.ts";
import type { SystemCalls } from "./system-calls.ts";

/** Batches taken from one socket before the others, the timers and main get their turn: some milliseconds of work. */
const BATCHES_A_TURN = 4;

/** What all batched sockets of a worker share. */
export class BatchedDatagrams implements DatagramIo {
  readonly kind = "batch";
  readonly calls: SystemCalls;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  /** True while datagrams are handled: what is sent then may wait until the batch is done. */
  isInTurn = false;
  readonly #ports = new Set<BatchedPort>();
  readonly #books = { four: new AddressBook(false), six: new AddressBook(true) };

  constructor(calls: SystemCalls) {
    this.calls = calls;
    this.inbox = new Inbox(calls);
    this.outbox = new Outbox(calls, this.inbox);
  }

  async open(local: HostPort, handle: DatagramHandler, tally: Tally): Promise<DatagramPort> {
    const sixth = isIPv6(local.address);
    const book = sixth ? this.#books.six : this.#books.four;
    const fd = openBoundSocket(this.calls, book, local);
    const socket = createSocket({ type: sixth ? "udp6" : "udp4", ipv6Only: sixth });
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.bind({ fd }, resolve);
    }).catch((error) => {
      this.calls.close(fd);
      throw error;
    });
    socket.removeAllListeners("error");
    allowNoSharing(this.calls, fd);
    const port = new BatchedPort(this, { fd, book, tally }, socket, handle);
    this.#ports.add(port);
    socket.once("close", () => this.#ports.delete(port));
    return port;
  }

  takeWaiting(): void {
    if (this.isInTurn) return;
    for (const port of this.#ports) port.takeBatch();
  }
}

class BatchedPort implements DatagramPort {
  readonly local: HostPort;
  readonly receiveBufferBytes: number;
  readonly #io: BatchedDatagrams;
  readonly #sender: Sender;
  /** The same socket, whose errors nobody counts. */
  readonly #beating: Sender;
  readonly #socket: Socket;
  readonly #handle: DatagramHandler;
  #isClosed = false;
  /** True when this turn of the event loop has taken its share from this socket. */
  #isSated = false;

  constructor(io: BatchedDatagrams, sender: Sender, socket: Socket, handle: DatagramHandler) {
    const { address, port } = socket.address();
    this.local = { address, port };
    this.receiveBufferBytes = socket.getRecvBufferSize();
    this.#io = io;
    this.#sender = sender;
    this.#beating = { ...sender, tally: new Tally() };
    this.#socket = socket;
    this.#handle = handle;
    socket.on("error", () => {
      sender.tally.sums.sendErrors += 1;
    });
    socket.on("message", (bytes, remote) => this.#takeTurn(bytes, remote.address, remote.port));
  }

  send(bytes: Buffer, port: number, address: string): void {
    this.#send(this.#sender, bytes, port, address);
  }

  beat(bytes: Buffer, port: number, address: string): void {
    this.#send(this.#beating, bytes, port, address);
  }

  #send(sender: Sender, bytes: Buffer, port: number, address: string): void {
    if (this.#isClosed) {
      sender.tally.sums.sendErrors += 1;
      return;
    }
    this.#io.outbox.add(sender, bytes, port, address);
    if (!this.#io.isInTurn) this.#io.outbox.flush();
  }

  close(): Promise<void> {
    // Nothing may be done with the descriptor afterwards: its number may be another file's.
    this.#io.outbox.flush();
    this.#isClosed = true;
    return new Promise((resolve) => {
      this.#socket.close(() => resolve());
    });
  }

  /** Takes one batch of what waits. */
  takeBatch(): void {
    this.#io.isInTurn = true;
    try {
      this.#takeWaiting(1);
    } finally {
      this.#endTurn();
    }
  }

  #takeTurn(bytes: Buffer, address: string, port: number): void {
    this.#io.isInTurn = true;
    try {
      this.#take(bytes, isAnswerable(address) ? address : "", port);
      if (!this.#isSated && this.#takeWaiting(BATCHES_A_TURN)) this.#rest();
      this.#io.outbox.flush();
    } finally {
      this.#endTurn();
    }
  }

  #endTurn(): void {
    this.#io.inbox.lookAway();
    this.#io.isInTurn = false;
  }

  /** True when more may be waiting than these batches could take. */
  #takeWaiting(batches: number): boolean {
    const { inbox, outbox } = this.#io;
    const { fd, book } = this.#sender;
    for (let batch = 0; batch < batches; batch += 1) {
      if (this.#isClosed) return false;
      const received = inbox.receive(fd);
      for (let slot = 0; slot < received; slot += 1) {
        inbox.look(slot, book);
        if (!this.#isClosed) this.#take(inbox.bytes, inbox.address, inbox.port);
      }
      // The next batch comes to lie where these datagrams are.
      outbox.flush();
      inbox.lookAway();
      if (received < BATCH_DATAGRAMS) return false;
    }
    return true;
  }

  #rest(): void {
    this.#isSated = true;
    setImmediate(() => {
      this.#isSated = false;
    });
  }

  #take(bytes: Buffer, address: string, port: number): void {
    if (port === 0 || address === "") this.#sender.tally.sums.guarded += 1;
    else this.#handle(bytes, address, port);
  }
}
