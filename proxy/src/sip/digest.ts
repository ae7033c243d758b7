/** Digest fields of Authorization and challenge headers (RFC 3261 20.7, 20.44, 25.1; RFC 7616, RFC 8760). */
import type { Challenge, Credentials } from "./message.ts";
import {
  BACKSLASH,
  COMMA,
  EQUALS,
  equalsIgnoringCase,
  octetClass,
  QUOTE,
  SPACE,
  skipQuoted,
  skipSpace,
  skipToken,
} from "./octets.ts";
import { decodeQuoted, decodeShared, decodeText } from "./text.ts";

/** One `name=value` of a digest header at a time; the same object serves for many. */
class DigestCursor {
  isBad = false;
  at = 0;
  end = 0;
  nameStart = 0;
  nameEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  isQuoted = false;

  begin(start: number, end: number): void {
    this.isBad = false;
    this.at = start;
    this.end = end;
  }

  /** Moves to the next field; false at the end, or where no field can be read (`isBad`). */
  next(bytes: Buffer): boolean {
    const end = this.end;
    let at = this.at;
    while (at < end && (bytes[at] === COMMA || ((octetClass[bytes[at] ?? 0] ?? 0) & SPACE) !== 0)) at += 1;
    this.at = at;
    if (at >= end) return false;
    this.nameStart = at;
    this.nameEnd = skipToken(bytes, at, end);
    const equals = skipSpace(bytes, this.nameEnd, end);
    if (this.nameEnd === at || equals >= end || bytes[equals] !== EQUALS) {
      this.isBad = true;
      return false;
    }
    return this.readValue(bytes, skipSpace(bytes, equals + 1, end), end);
  }

  private readValue(bytes: Buffer, start: number, end: number): boolean {
    this.isQuoted = bytes[start] === QUOTE && start < end;
    if (this.isQuoted) {
      const behind = skipQuoted(bytes, start, end);
      if (behind < 0) {
        this.isBad = true;
        return false;
      }
      this.valueStart = start + 1;
      this.valueEnd = behind - 1;
      this.at = behind;
      return true;
    }
    let at = start;
    while (
      at < end &&
      bytes[at] !== COMMA &&
      bytes[at] !== QUOTE &&
      ((octetClass[bytes[at] ?? 0] ?? 0) & SPACE) === 0
    ) {
      at += 1;
    }
    this.valueStart = start;
    this.valueEnd = at;
    this.at = at;
    return true;
  }

  /** The value as text; `isRepeating` for those that come again with the next message. */
  text(bytes: Buffer, isRepeating: boolean): string {
    if (this.isQuoted) {
      return isRepeating || this.hasEscape(bytes)
        ? decodeQuoted(bytes, this.valueStart, this.valueEnd)
        : decodeText(bytes, this.valueStart, this.valueEnd);
    }
    return isRepeating
      ? decodeShared(bytes, this.valueStart, this.valueEnd)
      : decodeText(bytes, this.valueStart, this.valueEnd);
  }

  hasEscape(bytes: Buffer): boolean {
    for (let at = this.valueStart; at < this.valueEnd; at += 1) if (bytes[at] === BACKSLASH) return true;
    return false;
  }

  isNamed(bytes: Buffer, name: string): boolean {
    return equalsIgnoringCase(bytes, this.nameStart, this.nameEnd, name);
  }
}

const fields = new DigestCursor();

/** Credentials as read, where they stood, and whether two readers could take different ones out of the same bytes. */
export interface ReadCredentials extends Credentials {
  readonly isForProxy: boolean;
  readonly isBad: boolean;
}

/**
 * Reads the value of one Authorization or Proxy-Authorization header.
 *
 * Bad is: a field that cannot be read, username, realm, nonce or response twice, and an escape in nonce or response: some
 * readers undo it and some do not, and no stack writes one. In a username a backslash stands for a Windows domain often
 * enough.
 */
export function readCredentials(bytes: Buffer, start: number, end: number, isForProxy: boolean): ReadCredentials {
  const schemeEnd = skipToken(bytes, start, end);
  const behind = skipSpace(bytes, schemeEnd, end);
  if (!equalsIgnoringCase(bytes, start, schemeEnd, "digest")) {
    return { username: "", realm: "", nonce: "", response: decodeText(bytes, behind, end), isForProxy, isBad: false };
  }
  let username: string | undefined;
  let realm: string | undefined;
  let nonce: string | undefined;
  let response: string | undefined;
  let extendedUsername = "";
  let isBad = false;
  fields.begin(behind, end);
  while (fields.next(bytes)) {
    switch (fields.nameEnd - fields.nameStart) {
      case 5:
        if (fields.isNamed(bytes, "realm")) {
          if (realm !== undefined) isBad = true;
          realm ??= fields.text(bytes, true);
        } else if (fields.isNamed(bytes, "nonce")) {
          if (nonce !== undefined || fields.hasEscape(bytes)) isBad = true;
          nonce ??= fields.text(bytes, false);
        }
        break;
      case 8:
        if (fields.isNamed(bytes, "username")) {
          if (username !== undefined) isBad = true;
          username ??= fields.text(bytes, true);
        } else if (fields.isNamed(bytes, "response")) {
          if (response !== undefined || fields.hasEscape(bytes)) isBad = true;
          response ??= fields.text(bytes, false);
        }
        break;
      case 9:
        // RFC 7616 3.4: a username that is no ASCII.
        if (fields.isNamed(bytes, "username*")) extendedUsername = fields.text(bytes, true);
        break;
    }
  }
  return {
    username: username ?? extendedUsername,
    realm: realm ?? "",
    nonce: nonce ?? "",
    response: response ?? "",
    isForProxy,
    isBad: isBad || fields.isBad,
  };
}

/**
 * Reads the challenges of one WWW-Authenticate or Proxy-Authenticate header into `challenges`, at most up to `max` in all.
 * RFC 3261 7.3.1 puts one in a header, some registrars put several behind each other with commas.
 */
export function readChallenges(bytes: Buffer, start: number, end: number, challenges: Challenge[], max: number): void {
  let at = start;
  while (at < end && challenges.length < max) {
    const schemeEnd = skipToken(bytes, at, end);
    const isDigest = equalsIgnoringCase(bytes, at, schemeEnd, "digest");
    let nonce = "";
    let stale = false;
    fields.begin(schemeEnd, end);
    while (fields.next(bytes)) {
      if (fields.isNamed(bytes, "nonce")) nonce = fields.text(bytes, false);
      else if (fields.isNamed(bytes, "stale")) {
        stale = equalsIgnoringCase(bytes, fields.valueStart, fields.valueEnd, "true");
      }
    }
    if (isDigest) challenges.push({ nonce, stale });
    // What is no field is the scheme of the next challenge, or rubbish: either way reading goes on behind it.
    if (fields.at <= at) return;
    at = fields.at;
  }
}
