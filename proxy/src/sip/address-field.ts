/** The value of From, To and their like in place: display name, URI, parameters (RFC 3261 20.10, 25.1 name-addr). */
import {
  ADDRESS_MARK,
  COLON,
  COMMA,
  findOctet,
  findOneOctet,
  GREATER,
  isOctet,
  isWord,
  LESS,
  QUOTE,
  SEMICOLON,
  SPACE,
  skipQuoted,
  skipSpace,
  trimSpace,
  word,
} from "./octets.ts";
import { ParamCursor } from "./params.ts";
import { Uri } from "./uri.ts";

const TAG = word("tag");

/**
 * One name-addr or addr-spec with its parameters; the same object serves for many.
 *
 * Rule: where two readers could take different URIs out of the same bytes, it is bad: an open quote, a second pair of
 * angle brackets, a bare URI in front of a bracketed one, a tag twice.
 */
export class AddressField {
  isBad = false;
  /** The display name, without its quotes; escapes still in it when `isDisplayQuoted`. */
  displayStart = 0;
  displayEnd = 0;
  isDisplayQuoted = false;
  uriStart = 0;
  uriEnd = 0;
  readonly uri = new Uri();
  tagStart = 0;
  tagEnd = 0;
  /** Offset behind this element: that of the comma in a list, else the end of the value. */
  end = 0;
  private readonly params = new ParamCursor();

  /** Reads the value from `start` to `end`. With `isList` a comma ends the element, in headers that may hold several. */
  read(bytes: Buffer, start: number, end: number, isList = false): void {
    this.isBad = false;
    this.isDisplayQuoted = false;
    this.displayStart = start;
    this.displayEnd = start;
    this.tagStart = end;
    this.tagEnd = end;
    const behindDisplay = this.readDisplay(bytes, start, end, isList);
    const isBracketed = behindDisplay < end && bytes[behindDisplay] === LESS;
    const behindUri = isBracketed
      ? this.readBracketed(bytes, behindDisplay, end)
      : this.readBare(bytes, behindDisplay, end, isList);
    this.uri.read(bytes, this.uriStart, this.uriEnd);
    if (this.uri.isBad) this.isBad = true;
    this.readParams(bytes, behindUri, end, isList);
  }

  /** Returns the offset of "<" when there is one to come, else that of the URI itself. */
  private readDisplay(bytes: Buffer, start: number, end: number, isList: boolean): number {
    if (start < end && bytes[start] === QUOTE) {
      const behind = skipQuoted(bytes, start, end);
      this.isDisplayQuoted = true;
      this.displayStart = start + 1;
      this.displayEnd = behind < 0 ? end : behind - 1;
      const at = behind < 0 ? end : skipSpace(bytes, behind, end);
      if (at >= end || bytes[at] !== LESS) this.isBad = true;
      return at;
    }
    let hasMarks = false;
    for (
      let at = findOctet(bytes, start, end, ADDRESS_MARK);
      at < end;
      at = findOctet(bytes, at + 1, end, ADDRESS_MARK)
    ) {
      const octet = bytes[at];
      if (octet === LESS) {
        this.displayEnd = trimSpace(bytes, start, at);
        // "sip:a@b <sip:c@d>": one reader stops at the first URI, another takes what is in brackets.
        if (hasMarks) this.isBad = true;
        return at;
      }
      if (octet === COLON || octet === SEMICOLON || octet === QUOTE || octet === GREATER) hasMarks = true;
      else if (octet === COMMA && isList) break;
      if (octet === SEMICOLON) break;
    }
    return start;
  }

  private readBracketed(bytes: Buffer, less: number, end: number): number {
    const at = findOneOctet(bytes, less + 1, end, GREATER);
    if (at === end) this.isBad = true;
    this.uriStart = skipSpace(bytes, less + 1, at);
    this.uriEnd = trimSpace(bytes, this.uriStart, at);
    return at < end ? at + 1 : end;
  }

  /** An addr-spec without brackets: a semicolon begins the header's parameters, not the URI's (RFC 3261 20). */
  private readBare(bytes: Buffer, start: number, end: number, isList: boolean): number {
    let at = findOctet(bytes, start, end, ADDRESS_MARK);
    while (at < end && !isOctet(bytes[at], SPACE) && bytes[at] !== SEMICOLON && (bytes[at] !== COMMA || !isList)) {
      at = findOctet(bytes, at + 1, end, ADDRESS_MARK);
    }
    this.uriStart = start;
    this.uriEnd = at;
    return at;
  }

  private readParams(bytes: Buffer, start: number, end: number, isList: boolean): void {
    const params = this.params;
    let hasTag = false;
    params.begin(start, end);
    while (params.next(bytes)) {
      if (!isWord(bytes, params.nameStart, params.nameEnd, TAG)) continue;
      if (hasTag) this.isBad = true;
      hasTag = true;
      this.tagStart = params.valueStart;
      this.tagEnd = params.valueEnd;
    }
    this.end = params.at;
    if (params.isBad || (!isList && params.at < end)) this.isBad = true;
  }
}
