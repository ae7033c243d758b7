/** Classes of octets in SIP's grammar (RFC 3261 25.1), as a table of bits, and the steps over white space. */

/** May stand in a token: method, header name, parameter name. */
export const TOKEN = 1;
/** May stand in a host that is a name or an IPv4 address. */
export const HOST = 2;
/** Ends the value of a parameter, or begins what must be taken as one: separators, quotes, brackets, white space. */
export const PARAM_MARK = 4;
/** SP, HTAB, and the CR LF of a fold: inside a value line ends are folds only. */
export const SPACE = 8;
/** May never stand unescaped in a URI: controls, space, quotes, angle brackets, backslash. */
export const NOT_URI = 16;
/** Has a meaning of its own in a SIP URI, or may not stand there. */
export const URI_MARK = 32;
/** Ends a display name or an addr-spec, or makes it doubtful. */
export const ADDRESS_MARK = 64;
/** Ends or changes a quoted string: quote, backslash, line ends. */
export const QUOTED_MARK = 128;
/** Ends or changes a digest value without quotes: comma, quote, backslash, white space. */
export const DIGEST_MARK = 256;

/** The bits of each octet. */
const classes = new Uint16Array(256);

for (let octet = 0; octet < 256; octet += 1) {
  const text = String.fromCharCode(octet);
  let bits = 0;
  if (/[A-Za-z0-9\-.!%*_+`'~]/.test(text)) bits |= TOKEN;
  // "_" is no host character by the grammar, but Windows machines and containers are called so.
  if (/[A-Za-z0-9\-._]/.test(text)) bits |= HOST;
  if (/[;,"<[\] \t\r\n]/.test(text)) bits |= PARAM_MARK;
  if (/[ \t\r\n]/.test(text)) bits |= SPACE;
  if (octet <= 32 || octet === 127 || /["<>\\]/.test(text)) bits |= NOT_URI;
  if ((bits & NOT_URI) !== 0 || text === "@" || text === ":") bits |= URI_MARK;
  if (/[ \t\r\n<>:;",]/.test(text)) bits |= ADDRESS_MARK;
  if (octet <= 13 || text === '"' || text === "\\") bits |= QUOTED_MARK;
  if (/[,"\\ \t\r\n]/.test(text)) bits |= DIGEST_MARK;
  classes[octet] = bits;
}

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SP = 32;
export const QUOTE = 34;
export const PERCENT = 37;
export const STAR = 42;
export const COMMA = 44;
export const SLASH = 47;
export const COLON = 58;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const QUESTION = 63;
export const AT = 64;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;

/** True when the octet belongs to any of the classes in `bits`. */
export function isOctet(octet: number | undefined, bits: number): boolean {
  return octet !== undefined && ((classes[octet] as number) & bits) !== 0;
}

// The loops below are where the reader's time goes, so they stand beside the table: what a module imports is looked up
// anew at each use. They compare with the end first and then take the octet as a number: a look behind the buffer, or a
// value that may be undefined, makes each of them several times slower.

/** Offset of the first octet from `start` that belongs to none of the classes in `bits`, at most `end`. */
export function skipOctets(bytes: Buffer, start: number, end: number, bits: number): number {
  let at = start;
  while (at < end && ((classes[bytes[at] as number] as number) & bits) !== 0) at += 1;
  return at;
}

/** Offset of the first octet from `start` that belongs to any of the classes in `bits`, at most `end`. */
export function findOctet(bytes: Buffer, start: number, end: number, bits: number): number {
  let at = start;
  while (at < end && ((classes[bytes[at] as number] as number) & bits) === 0) at += 1;
  return at;
}

/** Offset of the first octet `wanted` from `start`, at most `end`. */
export function findOneOctet(bytes: Buffer, start: number, end: number, wanted: number): number {
  let at = start;
  while (at < end && (bytes[at] as number) !== wanted) at += 1;
  return at;
}

/** Offset of the first octet from `start` that is no white space, at most `end`. */
export function skipSpace(bytes: Buffer, start: number, end: number): number {
  if (start < end && (bytes[start] as number) > SP) return start;
  return skipOctets(bytes, start, end, SPACE);
}

/** Offset behind the last octet before `end` that is no white space, at least `start`. */
export function trimSpace(bytes: Buffer, start: number, end: number): number {
  let at = end;
  if (at > start && (bytes[at - 1] as number) > SP) return at;
  while (at > start && ((classes[bytes[at - 1] as number] as number) & SPACE) !== 0) at -= 1;
  return at;
}

/** Offset behind the token that begins at `start`; `start` itself when there is none. */
export function skipToken(bytes: Buffer, start: number, end: number): number {
  return skipOctets(bytes, start, end, TOKEN);
}

/**
 * Offset behind the closing quote of the quoted string whose opening quote is at `start`; -1 when it is not closed
 * before `end`. A backslash takes the meaning from the octet behind it.
 */
export function skipQuoted(bytes: Buffer, start: number, end: number): number {
  let at = start + 1;
  for (;;) {
    at = findOctet(bytes, at, end, QUOTED_MARK);
    if (at >= end) return -1;
    if (bytes[at] === QUOTE) return at + 1;
    at += bytes[at] === BACKSLASH ? 2 : 1;
  }
}

/** A word to compare with: letters in lower case. Octets, because comparing with a text is slower. */
export function word(lowerCase: string): Uint8Array {
  return Uint8Array.from(Buffer.from(lowerCase, "latin1"));
}

/** True when the octets from `start` to `end` are the word, its letters in any case. */
export function isWord(bytes: Buffer, start: number, end: number, lowerCase: Uint8Array): boolean {
  const length = lowerCase.length;
  if (end - start !== length || end > bytes.length) return false;
  for (let index = 0; index < length; index += 1) {
    const octet = bytes[start + index] as number;
    const wanted = lowerCase[index] as number;
    if (octet !== wanted && (octet + 32 !== wanted || octet < 65 || octet > 90)) return false;
  }
  return true;
}

/** The number the digits from `start` to `end` write; -1 when there is none, another octet, or it exceeds `max`. */
export function readDigits(bytes: Buffer, start: number, end: number, max: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at] as number;
    if (octet < 48 || octet > 57) return -1;
    value = value * 10 + octet - 48;
    if (value > max) return -1;
  }
  return value;
}
