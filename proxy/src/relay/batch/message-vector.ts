/**
 * An array of `struct mmsghdr` with the `iovec` and the address of each, as recvmmsg and sendmmsg take it (64 bits, little-endian).
 * Pointers are written as two words. Nothing here moves: an ArrayBuffer of this size lies outside the collected heap.
 */
import type { SystemCalls } from "./system-calls.ts";

export const HEADER_BYTES = 64;
const HEADER_WORDS = HEADER_BYTES / 4;
const NAME_WORD = 0;
const NAME_LENGTH_WORD = 2;
const VECTOR_WORD = 4;
const VECTOR_COUNT_WORD = 6;
const LENGTH_WORD = 14;
const IOVEC_BYTES = 16;
const IOVEC_WORDS = IOVEC_BYTES / 4;
/** `struct sockaddr_in6`, the longer of the two. */
export const SOCKADDR_BYTES = 28;
/** Room for one address, so that each begins at a multiple of 8. */
export const SOCKADDR_STRIDE = 32;
const WORD = 2 ** 32;

export class MessageVector {
  /** Where the first header is. */
  readonly address: number;
  /** The addresses, SOCKADDR_STRIDE apart. */
  readonly names: Buffer;
  readonly #words: Uint32Array;
  readonly #iovecs: Uint32Array;
  readonly #namesAt: number;

  constructor(calls: SystemCalls, messages: number) {
    const headersBytes = messages * HEADER_BYTES;
    const iovecsBytes = messages * IOVEC_BYTES;
    const memory = new ArrayBuffer(headersBytes + iovecsBytes + messages * SOCKADDR_STRIDE);
    this.address = calls.addressOf(memory);
    this.names = Buffer.from(memory, headersBytes + iovecsBytes);
    this.#words = new Uint32Array(memory, 0, headersBytes / 4);
    this.#iovecs = new Uint32Array(memory, headersBytes, iovecsBytes / 4);
    this.#namesAt = this.address + headersBytes + iovecsBytes;
    for (let index = 0; index < messages; index += 1) {
      const header = index * HEADER_WORDS;
      putPointer(this.#words, header + VECTOR_WORD, this.address + headersBytes + index * IOVEC_BYTES);
      this.#words[header + VECTOR_COUNT_WORD] = 1;
      this.pointName(index, this.nameAt(index));
      this.setNameLength(index, SOCKADDR_BYTES);
    }
  }

  /** Where the address of a message is in memory. */
  nameAt(index: number): number {
    return this.#namesAt + index * SOCKADDR_STRIDE;
  }

  pointName(index: number, address: number): void {
    putPointer(this.#words, index * HEADER_WORDS + NAME_WORD, address);
  }

  setNameLength(index: number, bytes: number): void {
    this.#words[index * HEADER_WORDS + NAME_LENGTH_WORD] = bytes;
  }

  nameLength(index: number): number {
    return this.#words[index * HEADER_WORDS + NAME_LENGTH_WORD] ?? 0;
  }

  /** The bytes of a message: `length` of them at the address. */
  pointBytes(index: number, address: number, length: number): void {
    putPointer(this.#iovecs, index * IOVEC_WORDS, address);
    this.#iovecs[index * IOVEC_WORDS + 2] = length;
  }

  /** How many bytes the kernel took or gave. */
  transferred(index: number): number {
    return this.#words[index * HEADER_WORDS + LENGTH_WORD] ?? 0;
  }
}

function putPointer(words: Uint32Array, at: number, address: number): void {
  words[at] = address % WORD;
  words[at + 1] = address / WORD;
}
