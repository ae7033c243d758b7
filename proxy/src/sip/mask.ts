/** A message as evidence: readable for a person, without what could be used to guess or replay a password. */

const authorization = /^((?:proxy-)?authorization[ \t]*:)((?:[^\r\n]|\r?\n[ \t]|\r(?!\n))*)/gim;
const secretField = /\b(response|nonce|cnonce)(\s*=\s*)(?:"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|[^\s,"]*)/gi;
const uriPassword = /(\bsips?:[^\s@:;<>]*:)[^\s@<>]*@/gi;
const MASK = "***";

/**
 * The first `maxBytes` of a message as latin1 text. In Authorization and Proxy-Authorization headers the values of
 * response, nonce and cnonce are masked, and all that another scheme than Digest carries; so is a password in a URI.
 */
export function maskCredentials(bytes: Buffer, maxBytes: number): string {
  return bytes
    .toString("latin1", 0, Math.min(bytes.length, maxBytes))
    .replace(authorization, (_whole, name: string, value: string) => name + maskValue(value))
    .replace(uriPassword, `$1${MASK}@`);
}

function maskValue(value: string): string {
  const scheme = /^\s*[^\s]*/.exec(value)?.[0] ?? "";
  if (scheme.trim().toLowerCase() !== "digest") return `${scheme} ${MASK}`;
  return value.replace(secretField, (_whole, name: string, equals: string) => `${name}${equals}${MASK}`);
}
