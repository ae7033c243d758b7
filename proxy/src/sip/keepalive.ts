/** What phones send to keep a hole in their router open: no messages, no flaws, not for counting. */
import { CR, LF } from "./octets.ts";

/** Longest run of line ends or zeros that is a keepalive; the longest known is four bytes, some send it twice. */
export const MAX_KEEPALIVE_BYTES = 16;
/** RFC 5389 6: what stands in bytes 4 to 7 of every STUN message. */
const STUN_COOKIE = 0x2112a442;
const STUN_HEADER_BYTES = 20;
/** A binding request has a few attributes at most; whatever is longer is something else. */
const MAX_STUN_BYTES = 548;

/**
 * True for an empty datagram, one or several line ends (RFC 5626 3.5.1), up to four zeros, and a STUN binding request,
 * indication or answer (RFC 5626 3.5.2). Looks at the bytes from 0 to `end`.
 */
export function isKeepalive(bytes: Buffer, end: number = bytes.length): boolean {
  if (end > MAX_KEEPALIVE_BYTES) return isStunBinding(bytes, end);
  let hasOnlyLineEnds = true;
  let hasOnlyZeros = true;
  for (let at = 0; at < end; at += 1) {
    const octet = bytes[at];
    if (octet !== CR && octet !== LF) hasOnlyLineEnds = false;
    if (octet !== 0) hasOnlyZeros = false;
  }
  return hasOnlyLineEnds || (hasOnlyZeros && end <= 4);
}

function isStunBinding(bytes: Buffer, end: number): boolean {
  if (end < STUN_HEADER_BYTES || end > MAX_STUN_BYTES || end % 4 !== 0) return false;
  if (bytes.readUInt32BE(4) !== STUN_COOKIE || bytes.readUInt16BE(2) !== end - STUN_HEADER_BYTES) return false;
  // The class bits of the type (request, indication, success, error) are free, the method is Binding.
  return (bytes.readUInt16BE(0) & ~0x0110) === 0x0001;
}
