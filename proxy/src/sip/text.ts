/** Texts out of bytes: latin1, bounded, white space of folds made one space, repeated ones shared. */

import { MAX_TEXT_LENGTH } from "./limits.ts";
import { BACKSLASH, CR, LF } from "./octets.ts";

/** Slots of shared texts: users, hosts, realms and agents of some thousand phones; at most 64 characters each. */
const SHARED_TEXTS = 4096;
const MAX_SHARED_LENGTH = 64;
const shared: string[] = new Array(SHARED_TEXTS).fill("");

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
  const length = end - start;
  if (length <= 0) return "";
  if (length > MAX_SHARED_LENGTH) return decodeText(bytes, start, end);
  let hash = length;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 12)) & (SHARED_TEXTS - 1);
  const known = shared[slot] ?? "";
  if (known.length === length) {
    let index = 0;
    while (index < length && known.charCodeAt(index) === bytes[start + index]) index += 1;
    if (index === length) return known;
  }
  const text = bytes.toString("latin1", start, end);
  shared[slot] = text;
  return text;
}

/** The text of a header value: each fold becomes one space (RFC 3261 7.3.1). */
export function decodeFolded(bytes: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at];
    if (octet === CR || octet === LF) {
      return bounded(bytes.toString("latin1", start, end).replace(/[ \t]*\r?\n[ \t]*/g, " "));
    }
  }
  return decodeShared(bytes, start, end);
}

/** The inside of a quoted string from `start` to `end` (quotes not included): escapes undone, folds made one space. */
export function decodeQuoted(bytes: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at];
    if (octet === BACKSLASH || octet === CR || octet === LF) {
      const text = bytes.toString("latin1", start, end);
      return bounded(text.replace(/[ \t]*\r?\n[ \t]*/g, " ").replace(/\\([\s\S])/g, "$1"));
    }
  }
  return decodeShared(bytes, start, end);
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
