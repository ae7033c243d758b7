/** Steps over `;name=value` parameters of a header value (RFC 3261 25.1 generic-param), in any order and case. */
import {
  CLOSE_BRACKET,
  COMMA,
  EQUALS,
  findOctet,
  findOneOctet,
  OPEN_BRACKET,
  PARAM_MARK,
  QUOTE,
  SEMICOLON,
  skipQuoted,
  skipSpace,
  skipToken,
} from "./octets.ts";

/** One parameter at a time; the same object serves for many. */
export class ParamCursor {
  /** True when the text is no list of parameters: stop reading. */
  isBad = false;
  /** Where the next parameter, or what ended the list, begins. */
  at = 0;
  nameStart = 0;
  nameEnd = 0;
  /** Quotes are included; start and end are equal when there is no value. */
  valueStart = 0;
  valueEnd = 0;
  hasValue = false;
  private end = 0;

  /** Begins at `start`, which is white space or a semicolon; the list ends at a comma or at `end`. */
  begin(start: number, end: number): void {
    this.isBad = false;
    this.at = start;
    this.end = end;
  }

  /** Moves to the next parameter; false at the end of the list, or when there is none to be read (`isBad`). */
  next(bytes: Buffer): boolean {
    const end = this.end;
    let at = skipSpace(bytes, this.at, end);
    if (at === end || bytes[at] === COMMA) {
      this.at = at;
      return false;
    }
    if (bytes[at] !== SEMICOLON) return this.fail(at);
    // An empty parameter says nothing to any reader.
    while (at < end && bytes[at] === SEMICOLON) at = skipSpace(bytes, at + 1, end);
    if (at === end || bytes[at] === COMMA) {
      this.at = at;
      return false;
    }
    this.nameStart = at;
    at = skipToken(bytes, at, end);
    this.nameEnd = at;
    if (at === this.nameStart) return this.fail(at);
    this.hasValue = false;
    this.valueStart = at;
    this.valueEnd = at;
    const behind = skipSpace(bytes, at, end);
    this.at = behind;
    if (behind >= end || bytes[behind] !== EQUALS) return true;
    return this.readValue(bytes, skipSpace(bytes, behind + 1, end));
  }

  private readValue(bytes: Buffer, start: number): boolean {
    const end = this.end;
    this.hasValue = true;
    this.valueStart = start;
    let at = start;
    if (at < end && bytes[at] === QUOTE) {
      at = skipQuoted(bytes, at, end);
      if (at < 0) return this.fail(start);
    } else {
      // Wider than token: hosts with brackets, and what stacks put into values without quoting.
      at = findOctet(bytes, at, end, PARAM_MARK);
      if (at < end && bytes[at] === OPEN_BRACKET) at = this.skipBrackets(bytes, at, end);
    }
    this.valueEnd = at;
    this.at = at;
    return true;
  }

  /** A comma inside brackets ends nothing. */
  private skipBrackets(bytes: Buffer, start: number, end: number): number {
    let at = findOneOctet(bytes, start, end, CLOSE_BRACKET);
    while (at < end && (bytes[at] === CLOSE_BRACKET || bytes[at] === OPEN_BRACKET)) {
      at = findOctet(bytes, at + 1, end, PARAM_MARK);
    }
    return at;
  }

  private fail(at: number): boolean {
    this.isBad = true;
    this.at = at;
    return false;
  }
}
