/**
 * Cuts the bytes of a TCP connection into SIP messages and keepalives (RFC 3261 18.3, RFC 5626 3.5.1).
 *
 * Rule: the frames behind each other are the bytes of the stream, none added, none lost; the same frames come out
 * wherever the network cut the bytes. Where another reader could see another end of a message, the stream has a fault
 * and nothing more comes out: what is a body here could be a request there.
 */
import type { Flaw } from "./flaw.ts";
import { MAX_MESSAGE_BYTES, MAX_START_LINE_BYTES } from "./limits.ts";
import { COLON, CR, isOctet, isWord, LF, readDigits, SP, skipToken, TAB, TOKEN, word } from "./octets.ts";

/** A whole message, or one line end between messages. The bytes may be kept: the stream does not write to them again. */
export interface Frame {
  readonly kind: "message" | "keepalive";
  readonly bytes: Buffer;
}

const nothing = Buffer.alloc(0);
const MIN_HELD_BYTES = 1024;
const SIP = word("sip/");
const BEFORE_VERSION = word(" sip/");
const LENGTH = word("content-length");
const COMPACT_LENGTH = word("l");

/**
 * One direction of one connection. Holds less than MAX_MESSAGE_BYTES between two calls.
 */
export class MessageStream {
  /** What made the stream unreadable for good; close the connection. */
  fault: Flaw | undefined;
  private held: Buffer = nothing;
  private heldEnd = 0;
  /** All below count from the first byte held, where a frame begins. */
  private searched = 0;
  private lineStart = 0;
  private headersEnd = -1;
  private bodyBytes = -1;
  private isBehindLength = false;

  /** Takes what arrived and returns what became whole, in order. After a fault it returns nothing. Never throws. */
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    if (this.fault !== undefined) return frames;
    const bytes = this.heldEnd === 0 ? chunk : this.append(chunk);
    const end = this.heldEnd === 0 ? chunk.length : this.heldEnd;
    let start = 0;
    while (start < end) {
      const length = this.frameLength(bytes, start, end);
      if (length <= 0) break;
      const kind = this.headersEnd < 0 ? "keepalive" : "message";
      frames.push({ kind, bytes: bytes.subarray(start, start + length) });
      start += length;
      this.beginFrame();
    }
    if (this.fault !== undefined) this.drop();
    else if (bytes === chunk || start > 0) this.hold(bytes, start, end);
    return frames;
  }

  /** Bytes waiting for the rest of their message. */
  get heldBytes(): number {
    return this.heldEnd;
  }

  /** Length of the frame that begins at `start`; 0 when more bytes are needed, -1 with a fault. */
  private frameLength(bytes: Buffer, start: number, end: number): number {
    if (this.headersEnd < 0) {
      const first = bytes[start];
      if (first === CR) {
        if (start + 1 === end) return 0;
        return bytes[start + 1] === LF ? 2 : this.fail("bad-start-line");
      }
      if (!isOctet(first, TOKEN)) return this.fail("bad-start-line");
      this.searchHeadersEnd(bytes, start, end);
      if (this.fault !== undefined) return -1;
      if (this.headersEnd < 0) return 0;
    }
    const length = this.headersEnd + Math.max(0, this.bodyBytes);
    if (length > MAX_MESSAGE_BYTES) return this.fail("too-large");
    return start + length <= end ? length : 0;
  }

  private searchHeadersEnd(bytes: Buffer, start: number, end: number): void {
    for (let at = start + this.searched; at < end; at += 1) {
      if (bytes[at] !== LF || bytes[at - 1] !== CR) continue;
      const lineStart = start + this.lineStart;
      this.lineStart = at + 1 - start;
      if (this.lineStart > MAX_MESSAGE_BYTES) {
        this.fail("no-end-of-headers");
        return;
      }
      if (at - 1 === lineStart) {
        this.headersEnd = at + 1 - start;
        return;
      }
      if (lineStart === start) this.checkStartLine(bytes, lineStart, at - 1);
      else this.takeLine(bytes, lineStart, at - 1);
      if (this.fault !== undefined) return;
    }
    this.searched = end - start;
    if (this.lineStart === 0 && this.searched > MAX_START_LINE_BYTES) this.fail("bad-start-line");
    else if (this.searched >= MAX_MESSAGE_BYTES) this.fail("no-end-of-headers");
  }

  /** HTTP and other protocols are given up at their first line; a wrong version of SIP is for the reader to say. */
  private checkStartLine(bytes: Buffer, start: number, end: number): void {
    const isTooLong = end - start > MAX_START_LINE_BYTES;
    const isStatus = isWord(bytes, start, start + 4, SIP);
    // Not before the line: there the bytes are another message's.
    const versionStart = Math.max(start, end - 8);
    const isRequest =
      isWord(bytes, versionStart, end - 3, BEFORE_VERSION) || bytes.subarray(start, end).includes(" SIP/");
    if (isTooLong || (!isStatus && !isRequest)) this.fail("bad-start-line");
  }

  private takeLine(bytes: Buffer, start: number, end: number): void {
    const first = bytes[start];
    if (first === SP || first === TAB) {
      // A folded Content-Length: allowed on paper, written by nobody, read differently by those who look for the line.
      if (this.isBehindLength) this.fail("bad-content-length");
      return;
    }
    this.isBehindLength = false;
    const nameEnd = skipToken(bytes, start, end);
    if (!isWord(bytes, start, nameEnd, COMPACT_LENGTH) && !isWord(bytes, start, nameEnd, LENGTH)) {
      return;
    }
    let at = skipBlanks(bytes, nameEnd, end);
    if (bytes[at] !== COLON) return;
    at = skipBlanks(bytes, at + 1, end);
    let valueEnd = end;
    while (valueEnd > at && (bytes[valueEnd - 1] === SP || bytes[valueEnd - 1] === TAB)) valueEnd -= 1;
    const length = readDigits(bytes, at, valueEnd, 999_999_999);
    if (length < 0) this.fail("bad-content-length");
    else if (this.bodyBytes >= 0 && this.bodyBytes !== length) this.fail("conflicting-header");
    this.bodyBytes = length;
    this.isBehindLength = true;
  }

  private beginFrame(): void {
    this.searched = 0;
    this.lineStart = 0;
    this.headersEnd = -1;
    this.bodyBytes = -1;
    this.isBehindLength = false;
  }

  private append(chunk: Buffer): Buffer {
    const needed = this.heldEnd + chunk.length;
    if (needed > this.held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(MIN_HELD_BYTES, needed, this.held.length * 2));
      this.held.copy(larger, 0, 0, this.heldEnd);
      this.held = larger;
    }
    chunk.copy(this.held, this.heldEnd);
    this.heldEnd = needed;
    return this.held;
  }

  /** Keeps a copy of what is left, so that neither the chunk nor the frames handed out are touched again. */
  private hold(bytes: Buffer, start: number, end: number): void {
    const rest = end - start;
    this.heldEnd = 0;
    this.held = nothing;
    if (rest > 0) this.append(bytes.subarray(start, end));
  }

  private drop(): void {
    this.held = nothing;
    this.heldEnd = 0;
  }

  private fail(flaw: Flaw): number {
    this.fault ??= flaw;
    return -1;
  }
}

function skipBlanks(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SP || bytes[at] === TAB)) at += 1;
  return at;
}
