/** Where datagrams arrive, many with one system call. One serves all sockets of a worker, since it empties one at a time. */
import { type AddressBook, portAt } from "./address-book.ts";
import { MessageVector, SOCKADDR_BYTES, SOCKADDR_STRIDE } from "./message-vector.ts";
import { MSG_DONTWAIT, type SystemCalls } from "./system-calls.ts";

/** Datagrams taken with one call. */
export const BATCH_DATAGRAMS = 64;
/** More than the largest datagram (65,527 bytes), and no power of two, so that the beginnings do not fight for the same cache lines. */
const SLOT_BYTES = 65_536 + 192;

export class Inbox {
  readonly #calls: SystemCalls;
  readonly #vector: MessageVector;
  readonly #memory = Buffer.from(new ArrayBuffer(BATCH_DATAGRAMS * SLOT_BYTES));
  /** The datagram that lay in a slot last; the next of the same length has the same view, so that most make no new one. */
  readonly #views: Buffer[] = [];
  readonly #memoryAt: number;
  /** The datagram looked at, told by its slot; -1 when there is none. */
  slot = -1;
  bytes: Buffer = Buffer.alloc(0);
  /** "" when it cannot be answered. */
  address = "";
  port = 0;
  /** Of the socket it arrived on. */
  book: AddressBook | undefined;

  constructor(calls: SystemCalls) {
    this.#calls = calls;
    this.#vector = new MessageVector(calls, BATCH_DATAGRAMS);
    this.#memoryAt = calls.addressOf(this.#memory.buffer);
    for (let slot = 0; slot < BATCH_DATAGRAMS; slot += 1) {
      this.#vector.pointBytes(slot, this.bytesAt(slot), SLOT_BYTES);
      this.#views.push(this.#memory.subarray(0, 0));
    }
  }

  /** Takes what waits on the socket and returns how many datagrams; an error counts as none, `dgram` meets it too and tells. */
  receive(fd: number): number {
    return Math.max(0, this.#calls.recvmmsg(fd, this.#vector.address, BATCH_DATAGRAMS, MSG_DONTWAIT, 0));
  }

  /** Looks at a datagram of the batch. Its bytes are good until the next batch. */
  look(slot: number, book: AddressBook): void {
    const { names } = this.#vector;
    const at = slot * SOCKADDR_STRIDE;
    this.slot = slot;
    this.book = book;
    this.bytes = this.#viewOf(slot, this.#vector.transferred(slot));
    this.address = book.textAt(names, at);
    this.port = portAt(names, at);
    // The kernel writes how long the address is, and reads it as the room for the next one.
    this.#vector.setNameLength(slot, SOCKADDR_BYTES);
  }

  #viewOf(slot: number, length: number): Buffer {
    const known = this.#views[slot];
    if (known?.length === length && known.byteOffset === slot * SLOT_BYTES) return known;
    const view = this.#memory.subarray(slot * SLOT_BYTES, slot * SLOT_BYTES + length);
    this.#views[slot] = view;
    return view;
  }

  /** Looks at none: nobody takes what comes now for a datagram of the batch. */
  lookAway(): void {
    this.slot = -1;
  }

  /** Where the bytes of a slot are in memory. */
  bytesAt(slot: number): number {
    return this.#memoryAt + slot * SLOT_BYTES;
  }

  /** Where the sender's address of a slot is in memory. */
  nameAt(slot: number): number {
    return this.#vector.nameAt(slot);
  }
}
