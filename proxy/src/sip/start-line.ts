/** The first line: request line or status line (RFC 3261 7.1, 7.2). */
import type { Flaw } from "./flaw.ts";
import { isWord, readDigits, SP, skipToken, word } from "./octets.ts";

/** Methods known to the readers behind us, in the order of how often they come. */
export const knownMethods = [
  "REGISTER",
  "INVITE",
  "ACK",
  "OPTIONS",
  "BYE",
  "CANCEL",
  "SUBSCRIBE",
  "NOTIFY",
  "PUBLISH",
  "MESSAGE",
  "INFO",
  "REFER",
  "UPDATE",
  "PRACK",
] as const;

const version = word("sip/2.0");
const miswritten = knownMethods.map((method) => word(method.toLowerCase()));

/** One start line, taken apart; the same object serves for many. */
export class StartLine {
  flaw: Flaw | undefined;
  isRequest = true;
  status = 0;
  methodEnd = 0;
  uriStart = 0;
  uriEnd = 0;

  /** Reads the line from `start` to `end`, line end not included. */
  read(bytes: Buffer, start: number, end: number): void {
    this.flaw = undefined;
    this.status = 0;
    this.uriStart = end;
    this.uriEnd = end;
    const tokenEnd = skipToken(bytes, start, end);
    this.methodEnd = tokenEnd;
    this.isRequest = true;
    // "/" is no token character, so only a status line stops there.
    if (isWord(bytes, start, Math.min(end, start + version.length), version)) {
      this.readStatus(bytes, start + version.length, end);
      return;
    }
    const versionStart = end - version.length;
    if (
      tokenEnd === start ||
      bytes[tokenEnd] !== SP ||
      versionStart - 1 <= tokenEnd ||
      bytes[versionStart - 1] !== SP ||
      !isWord(bytes, versionStart, end, version)
    ) {
      this.flaw = "bad-start-line";
      this.guessUri(bytes, tokenEnd, end);
      return;
    }
    this.uriStart = tokenEnd + 1;
    this.uriEnd = versionStart - 1;
    // One SP on each side: a second one makes some readers see an empty URI.
    if (bytes[this.uriStart] === SP || bytes[this.uriEnd - 1] === SP || this.uriEnd <= this.uriStart) {
      this.flaw = "bad-start-line";
    }
    if (isKnownMethodMiswritten(bytes, start, tokenEnd)) this.flaw = "bad-start-line";
  }

  private readStatus(bytes: Buffer, start: number, end: number): void {
    this.isRequest = false;
    this.methodEnd = 0;
    this.status = Math.max(0, readDigits(bytes, start + 1, Math.min(end, start + 4), 699));
    const behind = bytes[start + 4];
    // The space in front of an empty reason is often forgotten; every reader takes it.
    const isEnded = start + 4 === end || behind === SP;
    if (bytes[start] === SP && this.status >= 100 && isEnded) return;
    this.flaw = "bad-start-line";
    this.status = 0;
  }

  /** What could be meant as URI in a line that is none: the second word. */
  private guessUri(bytes: Buffer, tokenEnd: number, end: number): void {
    let start = tokenEnd;
    while (start < end && bytes[start] === SP) start += 1;
    let stop = start;
    while (stop < end && bytes[stop] !== SP) stop += 1;
    this.uriStart = start;
    this.uriEnd = stop;
  }
}

/**
 * True for "register" and the like: methods are case-sensitive (RFC 3261 7.1), but PBXs are known to take them in any
 * case, so filter and PBX would read two different methods.
 */
function isKnownMethodMiswritten(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at] ?? 0;
    if (octet >= 97 && octet <= 122) {
      return miswritten.some((method) => isWord(bytes, start, end, method));
    }
  }
  return false;
}
