/** Questions about many networks at once: which one contains this one, and would this one swallow any of them. */
import { isIPv6, maskAddress, splitNetwork } from "./address.ts";

/** All networks that contain a network or address, the smallest (itself) first; canonical texts. */
export function widerNetworks(canonical: string): string[] {
  const { address, prefixBits } = splitNetwork(canonical);
  const full = isIPv6(address) ? 128 : 32;
  const wider: string[] = [];
  for (let bits = prefixBits; bits >= 0; bits -= 1) {
    wider.push(bits === full ? address : `${maskAddress(address, bits)}/${bits}`);
  }
  return wider;
}

/** A set of networks by prefix length: a question costs one step for each length in use. */
export class NetworkLookup {
  readonly #networks = new Set<string>();
  readonly #lengths4 = new Set<number>();
  readonly #lengths6 = new Set<number>();

  constructor(networks: Iterable<string> = []) {
    for (const network of networks) this.add(network);
  }

  get size(): number {
    return this.#networks.size;
  }

  add(network: string): void {
    this.#networks.add(network);
    const { address, prefixBits } = splitNetwork(network);
    (isIPv6(address) ? this.#lengths6 : this.#lengths4).add(prefixBits);
  }

  /** A network of the set that contains this network or address, or undefined. */
  findContaining(canonical: string): string | undefined {
    if (this.#networks.size === 0) return undefined;
    const { address, prefixBits } = splitNetwork(canonical);
    const isSix = isIPv6(address);
    const full = isSix ? 128 : 32;
    for (const bits of isSix ? this.#lengths6 : this.#lengths4) {
      if (bits > prefixBits) continue;
      const wider = bits === full ? address : `${maskAddress(address, bits)}/${bits}`;
      if (this.#networks.has(wider)) return wider;
    }
    return undefined;
  }
}
