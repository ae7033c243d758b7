/** The header names the reader knows, long and compact, as small numbers. */
import { isWord, word } from "./octets.ts";

const names = [
  ["", ""],
  ["via", "v"],
  ["from", "f"],
  ["to", "t"],
  ["call-id", "i"],
  ["cseq", ""],
  ["max-forwards", ""],
  ["content-length", "l"],
  ["authorization", ""],
  ["proxy-authorization", ""],
  ["www-authenticate", ""],
  ["proxy-authenticate", ""],
  ["user-agent", ""],
  ["server", ""],
  ["contact", "m"],
  ["route", ""],
  ["record-route", ""],
  ["path", ""],
  ["supported", "k"],
  ["expires", ""],
  ["require", ""],
  ["content-type", "c"],
] as const;

/** What a header is: `HeaderKind.Other` for every name the reader has no use for. */
export const HeaderKind = {
  Other: 0,
  Via: 1,
  From: 2,
  To: 3,
  CallId: 4,
  CSeq: 5,
  MaxForwards: 6,
  ContentLength: 7,
  Authorization: 8,
  ProxyAuthorization: 9,
  WwwAuthenticate: 10,
  ProxyAuthenticate: 11,
  UserAgent: 12,
  Server: 13,
  Contact: 14,
  Route: 15,
  RecordRoute: 16,
  Path: 17,
  Supported: 18,
  Expires: 19,
  Require: 20,
  ContentType: 21,
} as const;
export type HeaderKind = (typeof HeaderKind)[keyof typeof HeaderKind];

/** Number of kinds. */
export const HEADER_KINDS = names.length;

const longNames: readonly Uint8Array[] = names.map(([long]) => word(long));
const compactKinds = new Uint8Array(256);
const SHAPES = 128;
/** Kinds by a mark of their name's length, first and last letter; a small table, so that it stays in the nearest cache. */
const kindsByShape = new Uint8Array(SHAPES);

for (const [kind, [long, compact]] of names.entries()) {
  if (kind === HeaderKind.Other) continue;
  kindsByShape[shapeOf(long.length, long.charCodeAt(0), long.charCodeAt(long.length - 1))] = kind;
  if (compact === "") continue;
  compactKinds[compact.charCodeAt(0)] = kind;
  compactKinds[compact.toUpperCase().charCodeAt(0)] = kind;
}

/** The kind of the header whose name stands from `start` to `end`. */
export function headerKind(bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start] as number;
  if (length === 1) return compactKinds[first] as number;
  const kind = kindsByShape[shapeOf(length, first, bytes[end - 1] as number)] as number;
  return kind !== 0 && isWord(bytes, start, end, longNames[kind] as Uint8Array) ? kind : 0;
}

/** Tells all known names apart (see the test beside this file); whether the name is that one is compared afterwards. */
function shapeOf(length: number, firstOctet: number, lastOctet: number): number {
  return (length + (firstOctet & 31) * 6 + (lastOctet & 31)) & (SHAPES - 1);
}
