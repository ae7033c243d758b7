/** Steps over the `name=value` fields of a digest header, separated by commas (RFC 3261 25.1 digest-response). */
import {
  BACKSLASH,
  COMMA,
  DIGEST_MARK,
  EQUALS,
  findOctet,
  isOctet,
  isWord,
  QUOTE,
  QUOTED_MARK,
  SPACE,
  skipSpace,
  skipToken,
} from "./octets.ts";
import type { PassingText } from "./passing-text.ts";
import { decodeQuoted, decodeShared } from "./text.ts";

/** One field at a time; the same object serves for many. */
export class DigestCursor {
  /** True when the text at `at` is no field: stop reading. */
  isBad = false;
  at = 0;
  nameStart = 0;
  nameEnd = 0;
  /** Without quotes. */
  valueStart = 0;
  valueEnd = 0;
  /** True when the value holds a backslash. */
  hasEscape = false;
  private hasFold = false;
  private end = 0;

  begin(start: number, end: number): void {
    this.isBad = false;
    this.at = start;
    this.end = end;
  }

  /** Moves to the next field; false at the end, or where no field can be read (`isBad`). */
  next(bytes: Buffer): boolean {
    const end = this.end;
    let at = this.at;
    while (at < end && (bytes[at] === COMMA || isOctet(bytes[at], SPACE))) at += 1;
    this.at = at;
    if (at >= end) return false;
    this.nameStart = at;
    at = skipToken(bytes, at, end);
    this.nameEnd = at;
    const equals = skipSpace(bytes, at, end);
    if (at === this.nameStart || equals >= end || bytes[equals] !== EQUALS) {
      this.isBad = true;
      return false;
    }
    this.hasEscape = false;
    this.hasFold = false;
    at = skipSpace(bytes, equals + 1, end);
    if (at < end && bytes[at] === QUOTE) return this.readQuoted(bytes, at + 1, end);
    this.valueStart = at;
    at = findOctet(bytes, at, end, DIGEST_MARK);
    while (at < end && bytes[at] === BACKSLASH) {
      this.hasEscape = true;
      at = findOctet(bytes, at + 1, end, DIGEST_MARK);
    }
    this.valueEnd = at;
    this.at = at;
    return true;
  }

  /** The value as text, escapes undone. */
  text(bytes: Buffer, passing: PassingText): string {
    if (this.hasEscape || this.hasFold) return decodeQuoted(bytes, this.valueStart, this.valueEnd);
    return passing.cut(this.valueStart, this.valueEnd);
  }

  /** As `text`, for a value that comes again with the next message. */
  repeatingText(bytes: Buffer): string {
    if (this.hasEscape || this.hasFold) return decodeQuoted(bytes, this.valueStart, this.valueEnd);
    return decodeShared(bytes, this.valueStart, this.valueEnd);
  }

  isNamed(bytes: Buffer, lowerCase: Uint8Array): boolean {
    return isWord(bytes, this.nameStart, this.nameEnd, lowerCase);
  }

  private readQuoted(bytes: Buffer, start: number, end: number): boolean {
    this.valueStart = start;
    let at = start;
    for (;;) {
      at = findOctet(bytes, at, end, QUOTED_MARK);
      if (at >= end) break;
      const octet = bytes[at] as number;
      if (octet === QUOTE) {
        this.valueEnd = at;
        this.at = at + 1;
        return true;
      }
      if (octet === BACKSLASH) {
        this.hasEscape = true;
        at += 1;
      } else this.hasFold = true;
      at += 1;
    }
    this.isBad = true;
    return false;
  }
}
