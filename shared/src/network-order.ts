/** The order of networks: IPv4 before IPv6, by address, the wider network first; and which of many lie inside one. */
import { addressBytes, isIPv6, splitNetwork } from "./address.ts";

const DOT = 46;
const ZERO = 48;

/** A text whose order is that of the networks; one character of at most 0xFF a byte, so that it is cheap to keep. */
export function orderKey(canonical: string): string {
  const { address, prefixBits } = splitNetwork(canonical);
  return keyOf(address, bytesOf(address), prefixBits);
}

/** The last key that a network inside this one can have. */
export function lastKeyInside(canonical: string): string {
  const { address, prefixBits } = splitNetwork(canonical);
  const bytes = bytesOf(address);
  for (let index = 0; index < bytes.length; index += 1) {
    const fixed = Math.min(8, Math.max(0, prefixBits - index * 8));
    bytes[index] = (bytes[index] ?? 0) | (0xff >> fixed);
  }
  return keyOf(address, bytes, bytes.length * 8);
}

/** Networks in their order, for questions about what lies inside others. */
export class NetworkOrder {
  readonly #networks: readonly { readonly key: string; readonly network: string }[];

  constructor(networks: Iterable<string>) {
    const keyed = Array.from(networks, (network) => ({ key: orderKey(network), network }));
    this.#networks = keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  }

  /** The networks of this order that are the given one or inside it. */
  *inside(canonical: string): Generator<string> {
    const first = orderKey(canonical);
    const last = lastKeyInside(canonical);
    let low = 0;
    let high = this.#networks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#networks[middle]?.key ?? "") < first) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.#networks.length; at += 1) {
      const one = this.#networks[at];
      if (one === undefined || one.key > last) return;
      yield one.network;
    }
  }
}

function keyOf(address: string, bytes: readonly number[], prefixBits: number): string {
  return String.fromCharCode(isIPv6(address) ? 6 : 4, ...bytes, prefixBits);
}

/** Dotted decimal is taken apart by hand: half a million of them are read at once. */
function bytesOf(address: string): number[] {
  if (isIPv6(address)) return [...addressBytes(address)];
  const bytes = [0, 0, 0, 0];
  let index = 0;
  for (let at = 0; at < address.length; at += 1) {
    const code = address.charCodeAt(at);
    if (code === DOT) index += 1;
    else bytes[index] = (bytes[index] ?? 0) * 10 + code - ZERO;
  }
  return bytes;
}
