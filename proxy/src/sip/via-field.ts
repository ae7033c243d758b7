/** The topmost Via in place: protocol, sent-by, branch, received, rport (RFC 3261 20.42, RFC 3581). */
import {
  CLOSE_BRACKET,
  COLON,
  HOST,
  isOctet,
  isWord,
  OPEN_BRACKET,
  readDigits,
  SLASH,
  skipOctets,
  skipSpace,
  skipToken,
  TOKEN,
  word,
} from "./octets.ts";
import { ParamCursor } from "./params.ts";

const SIP = word("sip");
const VERSION = word("2.0");
/** What all but a few write, without white space around the slashes. */
const USUAL = word("sip/2.0/");
const BRANCH = word("branch");
const RPORT = word("rport");
const MADDR = word("maddr");
const RECEIVED = word("received");

/** One Via; the same object serves for many. Offsets of what is absent are equal: nothing lies between them. */
export class ViaField {
  isBad = false;
  transportStart = 0;
  transportEnd = 0;
  hostStart = 0;
  hostEnd = 0;
  /** Of sent-by; 0 when none is given. */
  port = 0;
  /** Behind sent-by: where `;received=` can be put in. */
  sentByEnd = 0;
  branchStart = 0;
  branchEnd = 0;
  receivedStart = 0;
  receivedEnd = 0;
  maddrStart = 0;
  maddrEnd = 0;
  /** True when the sender asks for its port (RFC 3581), with or without a value. */
  hasRport = false;
  /** The value of rport; 0 when it has none. */
  rport = 0;
  /** Behind the name `rport` and its value, if any: where `=port` goes. */
  rportNameEnd = 0;
  rportEnd = 0;
  /** Behind this Via: the offset of the comma in front of the next one, or the end of the header's value. */
  end = 0;
  /** True when another Via stands in the same header. */
  isFollowed = false;
  private readonly params = new ParamCursor();

  /** Reads the first Via of the value from `start` to `end`. */
  read(bytes: Buffer, start: number, end: number): void {
    this.isBad = false;
    this.isFollowed = false;
    this.port = 0;
    this.rport = 0;
    this.hasRport = false;
    this.branchStart = this.branchEnd = end;
    this.receivedStart = this.receivedEnd = end;
    this.maddrStart = this.maddrEnd = end;
    this.rportNameEnd = this.rportEnd = end;
    this.readParams(bytes, this.readSentBy(bytes, this.readProtocol(bytes, start, end), end), end);
  }

  private readProtocol(bytes: Buffer, start: number, end: number): number {
    if (isWord(bytes, start, Math.min(end, start + USUAL.length), USUAL)) {
      return this.readTransport(bytes, start + USUAL.length, end);
    }
    let at = skipToken(bytes, start, end);
    if (!isWord(bytes, start, at, SIP)) this.isBad = true;
    at = this.skipSlash(bytes, at, end);
    const versionEnd = skipToken(bytes, at, end);
    if (!isWord(bytes, at, versionEnd, VERSION)) this.isBad = true;
    return this.readTransport(bytes, this.skipSlash(bytes, versionEnd, end), end);
  }

  private readTransport(bytes: Buffer, start: number, end: number): number {
    this.transportStart = skipSpace(bytes, start, end);
    this.transportEnd = skipToken(bytes, this.transportStart, end);
    const behind = skipSpace(bytes, this.transportEnd, end);
    if (this.transportEnd === this.transportStart || behind === this.transportEnd) this.isBad = true;
    return behind;
  }

  private skipSlash(bytes: Buffer, start: number, end: number): number {
    const at = skipSpace(bytes, start, end);
    if (at < end && bytes[at] === SLASH) return skipSpace(bytes, at + 1, end);
    this.isBad = true;
    return at;
  }

  private readSentBy(bytes: Buffer, start: number, end: number): number {
    let at = start;
    this.hostStart = start;
    if (at < end && bytes[at] === OPEN_BRACKET) {
      while (at < end && bytes[at] !== CLOSE_BRACKET) at += 1;
      if (at === end) this.isBad = true;
      else at += 1;
    } else {
      at = skipOctets(bytes, at, end, HOST);
    }
    this.hostEnd = at;
    if (at === start) this.isBad = true;
    const colon = skipSpace(bytes, at, end);
    if (colon < end && bytes[colon] === COLON) {
      const digits = skipSpace(bytes, colon + 1, end);
      at = skipToken(bytes, digits, end);
      const port = readDigits(bytes, digits, at, 65_535);
      if (port < 0) this.isBad = true;
      else this.port = port;
    }
    this.sentByEnd = at;
    return at;
  }

  private readParams(bytes: Buffer, start: number, end: number): void {
    const params = this.params;
    params.begin(start, end);
    while (params.next(bytes)) this.takeParam(bytes);
    this.end = params.at;
    if (params.isBad) {
      this.isBad = true;
      return;
    }
    if (params.at >= end) return;
    this.isFollowed = true;
    const next = skipSpace(bytes, params.at + 1, end);
    // An empty element of the list: a Via for one reader, none for another.
    if (next === end || !isOctet(bytes[next], TOKEN)) this.isBad = true;
  }

  private takeParam(bytes: Buffer): void {
    const { nameStart, nameEnd, valueStart, valueEnd } = this.params;
    switch (nameEnd - nameStart) {
      case 6:
        if (!isWord(bytes, nameStart, nameEnd, BRANCH)) return;
        // Two branches: two readers match two different transactions.
        if (this.branchStart !== this.branchEnd) this.isBad = true;
        this.branchStart = valueStart;
        this.branchEnd = valueEnd;
        return;
      case 5:
        if (isWord(bytes, nameStart, nameEnd, RPORT)) {
          this.hasRport = true;
          this.rport = Math.max(0, readDigits(bytes, valueStart, valueEnd, 65_535));
          this.rportNameEnd = nameEnd;
          this.rportEnd = this.params.hasValue ? valueEnd : nameEnd;
        } else if (isWord(bytes, nameStart, nameEnd, MADDR)) {
          this.maddrStart = valueStart;
          this.maddrEnd = valueEnd;
        }
        return;
      case 8:
        if (!isWord(bytes, nameStart, nameEnd, RECEIVED)) return;
        this.receivedStart = valueStart;
        this.receivedEnd = valueEnd;
        return;
    }
  }
}
