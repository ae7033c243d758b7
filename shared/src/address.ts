/**
 * IP addresses and networks: one canonical text for each, and the bytes behind it.
 *
 * Rule: everything below the edges carries the canonical text only. IPv4 is dotted decimal, IPv6 is RFC 5952,
 * an IPv4-mapped IPv6 address is its IPv4 address, a network of one address is written without a length.
 */
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { SipprotError } from "./errors.ts";

/** Length of the IPv6 prefix that counts as one source: what one customer line gets at least. */
export const SOURCE_PREFIX_BITS_IPV6 = 64;

const dottedDecimal = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Reads an address. Returns its canonical text, or undefined for anything that is not exactly one address
 * (octal, hexadecimal or shortened IPv4, zone identifiers, ports and brackets are refused).
 */
export function parseAddress(text: string): string | undefined {
  if (dottedDecimal.test(text)) return ipaddr.IPv4.isValidFourPartDecimal(text) ? text : undefined;
  if (!text.includes(":") || text.includes("%") || !ipaddr.IPv6.isValid(text)) return undefined;
  return canonicalIPv6(ipaddr.IPv6.parse(text));
}

/** True for the canonical text of an IPv6 address or network. */
export function isIPv6(canonical: string): boolean {
  return canonical.includes(":");
}

/** The 4 or 16 bytes of a canonical address, in network order. */
export function addressBytes(canonical: string): Uint8Array {
  return Uint8Array.from(ipaddr.parse(canonical).toByteArray());
}

/** The canonical text of 4 or 16 address bytes in network order. */
export function addressFromBytes(bytes: Uint8Array): string {
  const parsed = ipaddr.fromByteArray([...bytes]);
  return parsed instanceof ipaddr.IPv6 ? canonicalIPv6(parsed) : parsed.toString();
}

/** A network: its first address and the number of leading bits that are fixed. */
export interface Network {
  readonly address: string;
  readonly prefixBits: number;
}

/**
 * Reads an address or a CIDR network and returns its canonical text.
 *
 * Throws `bad-network` naming what was expected; host bits that are set are refused with the network that was probably meant.
 */
export function parseNetwork(text: string): string {
  const trimmed = text.trim();
  const slash = trimmed.indexOf("/");
  const addressText = slash < 0 ? trimmed : trimmed.slice(0, slash);
  const address = parseAddress(addressText);
  if (address === undefined) throw badNetwork(text);
  const bits = isIPv6(address) ? 128 : 32;
  if (slash < 0) return address;
  const lengthText = trimmed.slice(slash + 1);
  // A mapped network (::ffff:192.0.2.0/120) counts its length from the front of the IPv6 form.
  const mapped = bits === 32 && addressText.includes(":") ? 96 : 0;
  const prefixBits = /^\d{1,3}$/.test(lengthText) ? Number(lengthText) - mapped : Number.NaN;
  if (!(prefixBits >= 0 && prefixBits <= bits)) throw badNetwork(text);
  const base = maskAddress(address, prefixBits);
  const canonical = formatNetwork({ address: base, prefixBits });
  if (base !== address) {
    throw new SipprotError("bad-network", `${JSON.stringify(text)} has bits set behind its prefix length`, {
      field: "network",
      value: text,
      expected: "the first address of the network",
      remedy: `write ${canonical} for the network, or ${address} for the single address`,
    });
  }
  return canonical;
}

/** Takes a canonical network apart. The text must come from `parseNetwork` or `parseAddress`. */
export function splitNetwork(canonical: string): Network {
  const slash = canonical.indexOf("/");
  if (slash < 0) return { address: canonical, prefixBits: isIPv6(canonical) ? 128 : 32 };
  return { address: canonical.slice(0, slash), prefixBits: Number(canonical.slice(slash + 1)) };
}

/** The canonical text of a network whose host bits are zero. */
export function formatNetwork({ address, prefixBits }: Network): string {
  return prefixBits === (isIPv6(address) ? 128 : 32) ? address : `${address}/${prefixBits}`;
}

/** The first address of the network that `prefixBits` leading bits of the canonical address span. */
export function maskAddress(canonical: string, prefixBits: number): string {
  if (!isIPv6(canonical)) return maskIPv4(canonical, prefixBits);
  const bytes = addressBytes(canonical);
  for (let index = 0; index < bytes.length; index += 1) {
    const keep = Math.min(8, Math.max(0, prefixBits - index * 8));
    bytes[index] = (bytes[index] ?? 0) & (0xff << (8 - keep)) & 0xff;
  }
  return addressFromBytes(bytes);
}

/** Ten times as fast as by way of bytes: a list of half a million is asked for a dozen lengths each. */
function maskIPv4(canonical: string, prefixBits: number): string {
  let word = 0;
  for (const octet of canonical.split(".")) word = (word << 8) | Number(octet);
  // A shift by 32 is none.
  word = prefixBits === 0 ? 0 : word & (-1 << (32 - prefixBits));
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

/** True when the network (canonical text) holds the address or network (canonical text). */
export function networkContains(network: string, inner: string): boolean {
  const outer = splitNetwork(network);
  const part = splitNetwork(inner);
  if (isIPv6(outer.address) !== isIPv6(part.address) || part.prefixBits < outer.prefixBits) return false;
  return maskAddress(part.address, outer.prefixBits) === outer.address;
}

/** The source an address counts as: an IPv4 address itself, the /64 network of an IPv6 address. */
export function sourceOf(canonical: string): string {
  if (!isIPv6(canonical)) return canonical;
  return `${maskAddress(canonical, SOURCE_PREFIX_BITS_IPV6)}/${SOURCE_PREFIX_BITS_IPV6}`;
}

const addressText = z.string().meta({ description: "An address: 192.0.2.7, 2001:db8::7" });

/** A single address; accepts any spelling, yields the canonical one. */
export const addressSchema = addressText
  .transform((text, context) => {
    const address = parseAddress(text.trim());
    if (address !== undefined) return address;
    context.addIssue({ code: "custom", message: "expected an IPv4 or IPv6 address such as 192.0.2.7 or 2001:db8::7" });
    return z.NEVER;
  })
  .pipe(addressText);

const networkText = z.string().meta({ description: "An address or network: 192.0.2.7, 192.0.2.0/24, 2001:db8::/32" });

/** An address or CIDR network; accepts any spelling, yields the canonical one. */
export const networkSchema = networkText
  .transform((text, context) => {
    try {
      return parseNetwork(text);
    } catch (error) {
      if (!(error instanceof SipprotError)) throw error;
      context.addIssue({ code: "custom", message: `${error.message}: ${error.facts.remedy ?? error.facts.expected}` });
      return z.NEVER;
    }
  })
  .pipe(networkText);

function badNetwork(text: string): SipprotError {
  return new SipprotError("bad-network", `${JSON.stringify(text.slice(0, 80))} is not an address or network`, {
    field: "network",
    value: text.slice(0, 80),
    expected: "an address such as 192.0.2.7 or a network such as 192.0.2.0/24 or 2001:db8::/32",
  });
}

function canonicalIPv6(parsed: ipaddr.IPv6): string {
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return parsed.toRFC5952String();
}
