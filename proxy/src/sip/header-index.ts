/** Where the lines of a message are: start line, headers with their names and values, the body. Finds flaws of structure. */
import type { Flaw } from "./flaw.ts";
import { HEADER_KINDS, HeaderKind, headerKind } from "./header-name.ts";
import { MAX_HEADER_BYTES, MAX_HEADERS, MAX_MESSAGE_BYTES, MAX_START_LINE_BYTES } from "./limits.ts";
import { COLON, CR, findOneOctet, LF, SP, skipSpace, skipToken, TAB, trimSpace } from "./octets.ts";

const nobody = 0xffff;

/**
 * The lines of one message; the same object serves for many. All offsets count from the first byte of the buffer; a
 * header reaches from its name to behind its line end, its value is without the white space around it.
 *
 * Rule: with a flaw, reading goes on as far as a line can still be told, so that a page can show what came.
 */
export class HeaderIndex {
  flaw: Flaw | undefined;
  startLineStart = 0;
  startLineEnd = 0;
  count = 0;
  bodyStart = 0;
  readonly kinds = new Uint8Array(MAX_HEADERS);
  readonly starts = new Uint32Array(MAX_HEADERS);
  readonly valueStarts = new Uint32Array(MAX_HEADERS);
  readonly valueEnds = new Uint32Array(MAX_HEADERS);
  readonly ends = new Uint32Array(MAX_HEADERS);
  /** For each kind the index of its first header, or `nobody`. */
  private readonly first = new Uint16Array(HEADER_KINDS);

  /** Reads the lines of the message that lies from 0 to `end`. */
  read(bytes: Buffer, end: number): void {
    this.flaw = undefined;
    this.count = 0;
    for (let kind = 0; kind < HEADER_KINDS; kind += 1) this.first[kind] = nobody;
    if (end > MAX_MESSAGE_BYTES) this.note("too-large");
    const last = Math.min(end, MAX_MESSAGE_BYTES);
    bytes.copy(copy, 0, 0, last);
    // RFC 3261 7.5: line ends before the start line are ignored.
    let lineStart = 0;
    while (lineStart + 1 < last && bytes[lineStart] === CR && bytes[lineStart + 1] === LF) lineStart += 2;
    this.startLineStart = lineStart;
    this.startLineEnd = lineStart;
    this.bodyStart = last;
    this.readLines(bytes, lineStart, last);
  }

  /** Index of the first header of that kind at or behind `from`; -1 when there is none. */
  find(kind: HeaderKind, from = 0): number {
    const first = this.first[kind] ?? nobody;
    if (first === nobody || from >= this.count) return -1;
    if (from <= first) return first;
    for (let index = from; index < this.count; index += 1) if (this.kinds[index] === kind) return index;
    return -1;
  }

  private readLines(bytes: Buffer, from: number, end: number): void {
    let lineStart = from;
    let isStartLine = true;
    let at = from;
    for (;;) {
      at = skipText(at, end);
      if (at >= end) break;
      const octet = bytes[at];
      if (octet === 0) this.note("nul-byte");
      const isPair = octet === CR && at + 1 < end && bytes[at + 1] === LF;
      if (!isPair && (octet === LF || octet === CR)) this.note("bare-line-end");
      if (!isPair && octet !== LF) {
        at += 1;
        continue;
      }
      const next = at + (isPair ? 2 : 1);
      if (at === lineStart && !isStartLine) {
        this.bodyStart = next;
        return;
      }
      if (!isStartLine && next < end && (bytes[next] === SP || bytes[next] === TAB)) {
        at = next;
        continue;
      }
      if (isStartLine) this.endStartLine(at);
      else if (!this.addHeader(bytes, lineStart, at, next)) return;
      isStartLine = false;
      lineStart = next;
      at = next;
    }
    this.note("no-end-of-headers");
    if (isStartLine) this.endStartLine(end);
    else if (lineStart < end) this.addHeader(bytes, lineStart, end, end);
  }

  private endStartLine(end: number): void {
    this.startLineEnd = end;
    if (end - this.startLineStart > MAX_START_LINE_BYTES) this.note("bad-start-line");
  }

  /** Notes the header from `start` to `end` (line end not included); false when there is no room for more. */
  private addHeader(bytes: Buffer, start: number, end: number, next: number): boolean {
    if (this.count === MAX_HEADERS) {
      this.note("too-many-headers");
      return false;
    }
    if (end - start > MAX_HEADER_BYTES) this.note("header-too-long");
    const colon = findOneOctet(copy, start, end, COLON);
    let nameEnd = colon;
    while (nameEnd > start && (copy[nameEnd - 1] === SP || copy[nameEnd - 1] === TAB)) nameEnd -= 1;
    const kind = nameEnd > start ? headerKind(copyView, start, nameEnd) : 0;
    if (colon === end || nameEnd === start || (kind === 0 && skipToken(copy, start, nameEnd) < nameEnd)) {
      this.note("bad-header");
      return true;
    }
    const index = this.count;
    let valueStart = colon + 1;
    if (valueStart < end && bytes[valueStart] === SP) valueStart += 1;
    valueStart = skipSpace(bytes, valueStart, end);
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.valueStarts[index] = valueStart;
    this.valueEnds[index] = trimSpace(bytes, valueStart, end);
    this.ends[index] = next;
    if (this.first[kind] === nobody) this.first[kind] = index;
    else if (kind !== HeaderKind.Other && isSingle[kind] === 1) this.note("conflicting-header");
    this.count = index + 1;
    return true;
  }

  private note(flaw: Flaw): void {
    this.flaw ??= flaw;
  }
}

/**
 * A copy of the message that can be looked at four bytes at a time, wherever they lie; one for all readers, as reading never
 * waits. Four bytes longer than a message, so that a look at its last byte may take three more.
 */
const copy = Buffer.alloc(MAX_MESSAGE_BYTES + 4);
const copyView = new DataView(copy.buffer, copy.byteOffset, copy.length);

/**
 * Offset of the first NUL, CR, LF or their like at or behind `start` in `copy`, at most `end`. Every byte of the headers
 * passes here; looking at eight of them at once makes it a quarter of the time.
 */
function skipText(start: number, end: number): number {
  let at = start;
  for (;;) {
    // Not zero when, and only when, one of the bytes is below 14; two words a turn, because the turns cost as much.
    while (at + 8 <= end) {
      const four = copyView.getInt32(at, true);
      const next = copyView.getInt32(at + 4, true);
      if (((((four - 0x0e0e0e0e) & ~four) | ((next - 0x0e0e0e0e) & ~next)) & 0x80808080) !== 0) break;
      at += 8;
    }
    const last = Math.min(at + 8, end);
    while (at < last) {
      const octet = copy[at] as number;
      if (octet < 14 && octet !== 9) return at;
      at += 1;
    }
    if (at >= end) return end;
  }
}

/** Headers no SIP stack writes twice, and of which one reader takes the first and another the last. */
const isSingle = new Uint8Array(HEADER_KINDS);
for (const kind of [HeaderKind.From, HeaderKind.To, HeaderKind.CallId, HeaderKind.CSeq, HeaderKind.MaxForwards]) {
  isSingle[kind] = 1;
}
