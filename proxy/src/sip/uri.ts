/** A URI in place: scheme, user, host and port as offsets (RFC 3261 19.1, RFC 3966 for tel). */
import {
  AT,
  CLOSE_BRACKET,
  COLON,
  findOctet,
  HOST,
  isWord,
  NOT_URI,
  OPEN_BRACKET,
  QUESTION,
  readDigits,
  SEMICOLON,
  skipOctets,
  skipToken,
  URI_MARK,
  word,
} from "./octets.ts";

const SIP = word("sip");
const SIPS = word("sips");
const TEL = word("tel");

/**
 * One URI; the same object serves for many. User and host are empty where the scheme knows none: `tel:` has only a user,
 * other schemes are opaque. A password is not part of the user. The brackets of an IPv6 reference belong to the host.
 */
export class Uri {
  /** True when no reader can take it for a URI, or two readers take different users or hosts out of it. */
  isBad = false;
  userStart = 0;
  userEnd = 0;
  hostStart = 0;
  hostEnd = 0;
  /** 0 when none is given. */
  port = 0;

  /** Reads the URI that reaches exactly from `start` to `end`. */
  read(bytes: Buffer, start: number, end: number): void {
    this.isBad = false;
    this.userStart = end;
    this.userEnd = end;
    this.hostStart = end;
    this.hostEnd = end;
    this.port = 0;
    const schemeEnd = skipToken(bytes, start, end);
    if (schemeEnd === start || schemeEnd + 1 >= end || bytes[schemeEnd] !== COLON) {
      this.isBad = true;
      return;
    }
    const rest = schemeEnd + 1;
    if (isWord(bytes, start, schemeEnd, SIP) || isWord(bytes, start, schemeEnd, SIPS)) {
      this.readSip(bytes, rest, end);
      return;
    }
    if (findOctet(bytes, rest, end, NOT_URI) < end) this.isBad = true;
    if (!isWord(bytes, start, schemeEnd, TEL)) return;
    this.userStart = rest;
    this.userEnd = rest;
    while (this.userEnd < end && bytes[this.userEnd] !== SEMICOLON) this.userEnd += 1;
  }

  private readSip(bytes: Buffer, start: number, end: number): void {
    let atSign = -1;
    let colon = -1;
    for (let at = findOctet(bytes, start, end, URI_MARK); at < end; at = findOctet(bytes, at + 1, end, URI_MARK)) {
      const octet = bytes[at];
      if (octet === AT) {
        // The first or the last one ends the user: readers differ, so neither is right.
        if (atSign >= 0) this.isBad = true;
        else atSign = at;
      } else if (octet !== COLON) this.isBad = true;
      else if (colon < 0 && atSign < 0) colon = at;
    }
    if (atSign >= 0) {
      this.userStart = start;
      this.userEnd = colon >= 0 ? colon : atSign;
    }
    this.readHost(bytes, atSign >= 0 ? atSign + 1 : start, end);
  }

  private readHost(bytes: Buffer, start: number, end: number): void {
    let at = start;
    if (at < end && bytes[at] === OPEN_BRACKET) {
      while (at < end && bytes[at] !== CLOSE_BRACKET) at += 1;
      if (at === end) this.isBad = true;
      else at += 1;
    } else {
      at = skipOctets(bytes, at, end, HOST);
    }
    this.hostStart = start;
    this.hostEnd = at;
    if (at === start) this.isBad = true;
    if (at < end && bytes[at] === COLON) {
      let portEnd = at + 1;
      while (portEnd < end && bytes[portEnd] !== SEMICOLON && bytes[portEnd] !== QUESTION) portEnd += 1;
      const port = readDigits(bytes, at + 1, portEnd, 65_535);
      if (port < 0) this.isBad = true;
      else this.port = port;
      at = portEnd;
    }
    if (at < end && bytes[at] !== SEMICOLON && bytes[at] !== QUESTION) this.isBad = true;
  }
}
