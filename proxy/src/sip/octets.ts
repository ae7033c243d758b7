/** Classes of octets in SIP's grammar (RFC 3261 25.1), as a table of bits, and the steps over white space. */

/** May stand in a token: method, header name, parameter name. */
export const TOKEN = 1;
/** May stand in a host: name, IPv4 address, and the inside of an IPv6 reference. */
export const HOST = 2;
export const DIGIT = 4;
/** SP, HTAB, and the CR LF of a fold: inside a value line ends are folds only. */
export const SPACE = 8;
/** May never stand unescaped in a URI: controls, space, quotes, angle brackets, backslash. */
export const NOT_URI = 16;

/** The bits of each octet. */
export const octetClass = new Uint8Array(256);

for (let octet = 0; octet < 256; octet += 1) {
  const text = String.fromCharCode(octet);
  let bits = 0;
  if (/[A-Za-z0-9\-.!%*_+`'~]/.test(text)) bits |= TOKEN;
  // "_" is no host character by the grammar, but Windows machines and containers are called so.
  if (/[A-Za-z0-9\-._:]/.test(text)) bits |= HOST;
  if (/[0-9]/.test(text)) bits |= DIGIT;
  if (/[ \t\r\n]/.test(text)) bits |= SPACE;
  if (octet <= 32 || octet === 127 || /["<>\\]/.test(text)) bits |= NOT_URI;
  octetClass[octet] = bits;
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
  return octet !== undefined && ((octetClass[octet] ?? 0) & bits) !== 0;
}

/** Offset of the first octet from `start` that is no white space, at most `end`. */
export function skipSpace(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && isOctet(bytes[at], SPACE)) at += 1;
  return at;
}

/** Offset behind the last octet before `end` that is no white space, at least `start`. */
export function trimSpace(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && isOctet(bytes[at - 1], SPACE)) at -= 1;
  return at;
}

/** Offset behind the token that begins at `start`; `start` itself when there is none. */
export function skipToken(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && isOctet(bytes[at], TOKEN)) at += 1;
  return at;
}

/**
 * Offset behind the closing quote of the quoted string whose opening quote is at `start`; -1 when it is not closed
 * before `end`. A backslash takes the meaning from the octet behind it.
 */
export function skipQuoted(bytes: Buffer, start: number, end: number): number {
  let at = start + 1;
  while (at < end) {
    const octet = bytes[at];
    if (octet === QUOTE) return at + 1;
    at += octet === BACKSLASH ? 2 : 1;
  }
  return -1;
}

/** True when the octets from `start` to `end` are `lowerCase`, whatever their case. */
export function equalsIgnoringCase(bytes: Buffer, start: number, end: number, lowerCase: string): boolean {
  if (end - start !== lowerCase.length) return false;
  for (let index = 0; index < lowerCase.length; index += 1) {
    const octet = bytes[start + index] ?? 0;
    const lower = octet >= 65 && octet <= 90 ? octet + 32 : octet;
    if (lower !== lowerCase.charCodeAt(index)) return false;
  }
  return true;
}

/** The number the digits from `start` to `end` write; -1 when there is none, another octet, or it exceeds `max`. */
export function readDigits(bytes: Buffer, start: number, end: number, max: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at];
    if (octet === undefined || octet < 48 || octet > 57) return -1;
    value = value * 10 + octet - 48;
    if (value > max) return -1;
  }
  return value;
}
