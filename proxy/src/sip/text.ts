/** Texts out of bytes: latin1, bounded, white space of folds made one space, repeated ones shared. */

import { MAX_TEXT_LENGTH } from "./limits.ts";
import { BACKSLASH, LF } from "./octets.ts";

/** Slots of shared texts: users, hosts, realms and agents of some thousand phones; at most 64 characters each. */
const SHARED_TEXTS = 4096;
const MAX_SHARED_LENGTH = 64;
const shared: string[] = new Array(SHARED_TEXTS).fill("");
/** The octets of each shared text, in its own place: comparing with these is several times faster than with the text. */
const sharedOctets = new Uint8Array(SHARED_TEXTS * MAX_SHARED_LENGTH);
const sharedLengths = new Uint8Array(SHARED_TEXTS);

const fold = /[ \t]*\r?\n[ \t]*/g;

/** Drawn at each start, so that nobody can prepare two long texts that end in the same hash. */
const seed = Math.floor(Math.random() * 2 ** 32);

/**
 * The text of the bytes from `start` to `end`. One longer than MAX_TEXT_LENGTH keeps its beginning and ends in "~" and
 * 16 hexadecimal digits of a hash of the whole, so that two different branches never read as one.
 */
export function decodeText(bytes: Buffer, start: number, end: number): string {
  if (end <= start) return "";
  if (end - start > MAX_TEXT_LENGTH) return shorten(bytes, start, end);
  return bytes.toString("latin1", start, end);
}

/** As `decodeText`, for texts that come again and again: the same bytes mostly yield the same string object. */
export function decodeShared(bytes: Buffer, start: number, end: number): string {
  return findShared(bytes, start, end) ?? share(bytes, start, end);
}

/** The text of a header value: each fold becomes one space (RFC 3261 7.3.1). */
export function decodeFolded(bytes: Buffer, start: number, end: number): string {
  const known = findShared(bytes, start, end);
  if (known !== undefined) return known;
  if (!hasOctet(bytes, start, end, LF)) return share(bytes, start, end);
  return bounded(bytes.toString("latin1", start, end).replace(fold, " "));
}

/** The inside of a quoted string from `start` to `end` (quotes not included): escapes undone, folds made one space. */
export function decodeQuoted(bytes: Buffer, start: number, end: number): string {
  const known = findShared(bytes, start, end);
  if (known !== undefined) return known;
  if (!hasOctet(bytes, start, end, LF) && !hasOctet(bytes, start, end, BACKSLASH)) return share(bytes, start, end);
  const text = bytes.toString("latin1", start, end);
  return bounded(text.replace(fold, " ").replace(/\\([\s\S])/g, "$1"));
}

/** A shared text of exactly these bytes; it holds no fold and no escape, so it is its own decoded form. */
function findShared(bytes: Buffer, start: number, end: number): string | undefined {
  const length = end - start;
  if (length <= 0) return "";
  if (length > MAX_SHARED_LENGTH) return undefined;
  const slot = slotOf(bytes, start, end);
  if ((sharedLengths[slot] as number) !== length) return undefined;
  const place = slot * MAX_SHARED_LENGTH;
  for (let index = length - 1; index >= 0; index -= 1) {
    if ((sharedOctets[place + index] as number) !== (bytes[start + index] as number)) return undefined;
  }
  return shared[slot] as string;
}

function share(bytes: Buffer, start: number, end: number): string {
  const text = decodeText(bytes, start, end);
  if (end - start > MAX_SHARED_LENGTH || /[\n\\]/.test(text)) return text;
  const slot = slotOf(bytes, start, end);
  shared[slot] = text;
  sharedLengths[slot] = text.length;
  for (let index = 0; index < text.length; index += 1) {
    sharedOctets[slot * MAX_SHARED_LENGTH + index] = bytes[start + index] as number;
  }
  return text;
}

/** Length, first and last octets tell users, hosts and agents apart well enough, and are quickly looked at. */
function slotOf(bytes: Buffer, start: number, end: number): number {
  let hash = (end - start) * 31 + (bytes[start] as number);
  for (let at = Math.max(start, end - 4); at < end; at += 1) hash = Math.imul(hash, 31) + (bytes[at] as number);
  return (hash ^ (hash >>> 12)) & (SHARED_TEXTS - 1);
}

function hasOctet(bytes: Buffer, start: number, end: number, octet: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] === octet) return true;
  return false;
}

function bounded(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const bytes = Buffer.from(text, "latin1");
  return shorten(bytes, 0, bytes.length);
}

function shorten(bytes: Buffer, start: number, end: number): string {
  let first = seed;
  let second = ~seed;
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at] ?? 0;
    first = Math.imul(first ^ octet, 0x01000193);
    first ^= first >>> 15;
    second = Math.imul(second + octet, 0x85ebca6b);
    second ^= second >>> 13;
  }
  const hash = hexadecimal(first) + hexadecimal(second);
  return `${bytes.toString("latin1", start, start + MAX_TEXT_LENGTH - hash.length - 1)}~${hash}`;
}

function hexadecimal(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
