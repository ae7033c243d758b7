/** Datagrams on their way out, many with one system call. One serves all sockets of a worker; it holds those of one socket at a time. */
import type { Tally } from "../tally.ts";
import type { AddressBook } from "./address-book.ts";
import type { Inbox } from "./inbox.ts";
import { HEADER_BYTES, MessageVector, SOCKADDR_STRIDE } from "./message-vector.ts";
import { EAGAIN, EINTR, MSG_DONTWAIT, type SystemCalls } from "./system-calls.ts";

/** Enough that the call's own cost no longer counts, few enough that the first does not wait long for the last. */
const BATCH_DATAGRAMS = 32;
/** The largest datagram over UDP: 65,535 bytes less the headers, and a little more so that the kernel says no and not we. */
const MAX_DATAGRAM_BYTES = 65_536;
/** What is written here, and not where it arrived, waits here. */
const ROOM_BYTES = MAX_DATAGRAM_BYTES + BATCH_DATAGRAMS * 1_024;
/** How long a full line is waited for, once a batch; what does not fit then is lost, as on any full line. */
const FULL_LINE_WAIT_MS = 2;
const POLLOUT = 4;

/** A socket that sends. */
export interface Sender {
  readonly fd: number;
  readonly book: AddressBook;
  readonly tally: Tally;
}

export class Outbox {
  readonly #calls: SystemCalls;
  readonly #inbox: Inbox;
  readonly #vector: MessageVector;
  readonly #room = Buffer.from(new ArrayBuffer(ROOM_BYTES));
  readonly #roomAt: number;
  readonly #pollDescriptor = Buffer.alloc(8);
  #sender: Sender | undefined;
  /** The socket whose line stayed full when it was waited for: not waited for again before it has taken something. */
  #stuck: Sender | undefined;
  #count = 0;
  #roomUsed = 0;

  constructor(calls: SystemCalls, inbox: Inbox) {
    this.#calls = calls;
    this.#inbox = inbox;
    this.#vector = new MessageVector(calls, BATCH_DATAGRAMS);
    this.#roomAt = calls.addressOf(this.#room.buffer);
  }

  /** Takes a datagram; it leaves with the next `flush` at the latest. What cannot be sent is counted with its socket. */
  add(sender: Sender, bytes: Buffer, port: number, address: string): void {
    const inbox = this.#inbox;
    const isWhereItArrived = inbox.slot >= 0 && bytes === inbox.bytes;
    const roomBytes = isWhereItArrived ? 0 : bytes.length;
    if (bytes.length > MAX_DATAGRAM_BYTES) {
      sender.tally.sums.sendErrors += 1;
      return;
    }
    const isFull = this.#count === BATCH_DATAGRAMS || this.#roomUsed + roomBytes > ROOM_BYTES;
    if (isFull || sender !== this.#sender) this.flush();
    this.#sender = sender;
    const vector = this.#vector;
    const index = this.#count;
    if (isWhereItArrived && port === inbox.port && address === inbox.address && sender.book === inbox.book) {
      vector.pointName(index, inbox.nameAt(inbox.slot));
    } else if (isPort(port) && sender.book.put(vector.names, index * SOCKADDR_STRIDE, address, port)) {
      vector.pointName(index, vector.nameAt(index));
    } else {
      sender.tally.sums.sendErrors += 1;
      return;
    }
    vector.setNameLength(index, sender.book.nameBytes);
    if (isWhereItArrived) vector.pointBytes(index, inbox.bytesAt(inbox.slot), bytes.length);
    else {
      this.#room.set(bytes, this.#roomUsed);
      vector.pointBytes(index, this.#roomAt + this.#roomUsed, bytes.length);
      this.#roomUsed += bytes.length;
    }
    this.#count = index + 1;
  }

  /** Sends all there is. */
  flush(): void {
    const sender = this.#sender;
    const count = this.#count;
    this.#count = 0;
    this.#roomUsed = 0;
    if (sender === undefined || count === 0) return;
    let next = 0;
    let hasWaited = false;
    while (next < count) {
      const at = this.#vector.address + next * HEADER_BYTES;
      const sent = this.#calls.sendmmsg(sender.fd, at, count - next, MSG_DONTWAIT);
      if (sent > 0) {
        next += sent;
        if (this.#stuck === sender) this.#stuck = undefined;
        continue;
      }
      const error = this.#calls.errno();
      if (error === EINTR) continue;
      if (error === EAGAIN && !hasWaited && this.#stuck !== sender) {
        hasWaited = true;
        this.#waitForRoom(sender.fd);
        continue;
      }
      if (error === EAGAIN) this.#stuck = sender;
      // The error is the first one's; those behind it have not been tried.
      const lost = error === EAGAIN ? count - next : 1;
      sender.tally.sums.sendErrors += lost;
      next += lost;
    }
  }

  #waitForRoom(fd: number): void {
    this.#pollDescriptor.writeInt32LE(fd, 0);
    this.#pollDescriptor.writeInt16LE(POLLOUT, 4);
    this.#calls.poll(this.#pollDescriptor, 1, FULL_LINE_WAIT_MS);
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= 65_535;
}
