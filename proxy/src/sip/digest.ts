/** Digest fields of Authorization and challenge headers (RFC 3261 20.7, 20.44, 25.1; RFC 7616, RFC 8760). */
import { DigestCursor } from "./digest-cursor.ts";
import type { Challenge, Credentials } from "./message.ts";
import { isWord, skipSpace, skipToken, word } from "./octets.ts";
import type { PassingText } from "./passing-text.ts";

const DIGEST = word("digest");
const USERNAME = word("username");
const EXTENDED_USERNAME = word("username*");
const REALM = word("realm");
const NONCE = word("nonce");
const RESPONSE = word("response");
const STALE = word("stale");
const TRUE = word("true");
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
export function readCredentials(
  bytes: Buffer,
  passing: PassingText,
  start: number,
  end: number,
  isForProxy: boolean,
): ReadCredentials {
  const schemeEnd = skipToken(bytes, start, end);
  const behind = skipSpace(bytes, schemeEnd, end);
  if (!isWord(bytes, start, schemeEnd, DIGEST)) {
    return { username: "", realm: "", nonce: "", response: passing.cut(behind, end), isForProxy, isBad: false };
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
        if (fields.isNamed(bytes, REALM)) {
          if (realm !== undefined) isBad = true;
          realm ??= fields.repeatingText(bytes);
        } else if (fields.isNamed(bytes, NONCE)) {
          if (nonce !== undefined || fields.hasEscape) isBad = true;
          nonce ??= fields.text(bytes, passing);
        }
        break;
      case 8:
        if (fields.isNamed(bytes, USERNAME)) {
          if (username !== undefined) isBad = true;
          username ??= fields.repeatingText(bytes);
        } else if (fields.isNamed(bytes, RESPONSE)) {
          if (response !== undefined || fields.hasEscape) isBad = true;
          response ??= fields.text(bytes, passing);
        }
        break;
      case 9:
        // RFC 7616 3.4: a username that is no ASCII.
        if (fields.isNamed(bytes, EXTENDED_USERNAME)) extendedUsername = fields.repeatingText(bytes);
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
export function readChallenges(
  bytes: Buffer,
  passing: PassingText,
  start: number,
  end: number,
  challenges: Challenge[],
  max: number,
): void {
  let at = start;
  while (at < end && challenges.length < max) {
    const schemeEnd = skipToken(bytes, at, end);
    const isDigest = isWord(bytes, at, schemeEnd, DIGEST);
    let nonce = "";
    let stale = false;
    fields.begin(schemeEnd, end);
    while (fields.next(bytes)) {
      if (fields.isNamed(bytes, NONCE)) nonce = fields.text(bytes, passing);
      else if (fields.isNamed(bytes, STALE)) {
        stale = isWord(bytes, fields.valueStart, fields.valueEnd, TRUE);
      }
    }
    if (isDigest) challenges.push({ nonce, stale });
    // What is no field is the scheme of the next challenge, or rubbish: either way reading goes on behind it.
    if (fields.at <= at) return;
    at = fields.at;
  }
}
