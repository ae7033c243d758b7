/** The header names the reader knows, long and compact, as small numbers. */

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

/** Each name's letters, four in a word; the last word overlaps the one before. Names of less than four letters have none. */
const nameWords: readonly Int32Array[] = names.map(([long]) => {
  const bytes = Buffer.from(long);
  const offsets = [];
  for (let at = 0; at + 4 < long.length; at += 4) offsets.push(at);
  if (long.length >= 4) offsets.push(long.length - 4);
  return Int32Array.from(offsets, (at) => bytes.readInt32LE(at));
});
const nameLengths = Uint8Array.from(names, ([long]) => long.length);
/** Makes the letters of a word small; what it makes of other octets is no letter, and only a CR becomes a hyphen. */
const LOWER_CASE = 0x20202020;
const TO = 0x6f74;
const VIA = 0x616976;
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

/** The kind of the header whose name stands from `start` to `end`. Four bytes behind `start` must be there to be read. */
export function headerKind(view: DataView, start: number, end: number): number {
  const length = end - start;
  const first = view.getUint8(start);
  if (length === 1) return compactKinds[first] as number;
  const kind = kindsByShape[shapeOf(length, first, view.getUint8(end - 1))] as number;
  return kind !== 0 && isNameOf(kind, view, start, length) ? kind : 0;
}

function isNameOf(kind: number, view: DataView, start: number, length: number): boolean {
  const words = nameWords[kind] as Int32Array;
  if (nameLengths[kind] !== length) return false;
  const lastWord = words.length - 1;
  if (lastWord < 0) {
    const letters = (view.getInt32(start, true) | LOWER_CASE) & (length === 2 ? 0xffff : 0xffffff);
    return letters === (length === 2 ? TO : VIA);
  }
  for (let index = 0; index < lastWord; index += 1) {
    if ((view.getInt32(start + index * 4, true) | LOWER_CASE) !== words[index]) return false;
  }
  return (view.getInt32(start + length - 4, true) | LOWER_CASE) === words[lastWord];
}

/** Tells all known names apart (see the test beside this file); whether the name is that one is compared afterwards. */
function shapeOf(length: number, firstOctet: number, lastOctet: number): number {
  return (length + (firstOctet & 31) * 6 + (lastOctet & 31)) & (SHAPES - 1);
}
