/** Sends two datagrams to ourselves in one batch and takes them in one: proof that the calls are there and mean what we think. */
import { getSystemErrorName } from "node:util";
import { HEADER_BYTES, MessageVector } from "./message-vector.ts";
import { MSG_DONTWAIT, SOCK_CLOEXEC, SOCK_DGRAM, type SystemCalls } from "./system-calls.ts";

const AF_UNIX = 1;
const SLOT_BYTES = 64;
const words = ["first", "and second"];

/** Throws with the reason in words when batches do not work here: calls that a sandbox forbids, another layout of memory. */
export function tryBatch(calls: SystemCalls): void {
  const pair = new Int32Array(2);
  if (calls.socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0) throw refused(calls, "socketpair");
  const [from = -1, to = -1] = pair;
  try {
    const memory = new ArrayBuffer(words.length * SLOT_BYTES);
    const memoryAt = calls.addressOf(memory);
    const out = new MessageVector(calls, words.length);
    for (const [index, word] of words.entries()) {
      const length = Buffer.from(memory, index * SLOT_BYTES, SLOT_BYTES).write(word, "latin1");
      out.pointBytes(index, memoryAt + index * SLOT_BYTES, length);
      out.pointName(index, 0);
      out.setNameLength(index, 0);
    }
    const sent = calls.sendmmsg(from, out.address, words.length, MSG_DONTWAIT);
    if (sent < 0) throw refused(calls, "sendmmsg");
    Buffer.from(memory).fill(0);
    const received = calls.recvmmsg(to, out.address, words.length, MSG_DONTWAIT, 0);
    if (received < 0) throw refused(calls, "recvmmsg");
    const texts = words.map((_, index) =>
      Buffer.from(memory, index * SLOT_BYTES, out.transferred(index)).toString("latin1"),
    );
    if (sent !== words.length || received !== words.length || texts.join() !== words.join()) {
      throw new Error(`a trial with ${HEADER_BYTES}-byte headers gave other bytes than were sent`);
    }
  } finally {
    calls.close(from);
    calls.close(to);
  }
}

function refused(calls: SystemCalls, call: string): Error {
  return new Error(`the system refuses ${call} (${getSystemErrorName(-calls.errno())})`);
}
