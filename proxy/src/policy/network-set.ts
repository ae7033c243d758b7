/** A set of networks that finds the longest one holding an address: one small hash table per prefix length in use. */
import { formatNetwork, maskAddress, splitNetwork } from "@sipprot/shared/address";
import { ADDRESS_WORDS, readAddressWords } from "./address-words.ts";
import { WordTable } from "./word-table.ts";

interface Family {
  /** By prefix length. */
  readonly tables: (WordTable | undefined)[];
  /** Lengths in use, longest first: a lookup costs one probe for each, however many networks there are. */
  lengths: number[];
}

const words = new Int32Array(ADDRESS_WORDS);

/** Networks of both families. Texts are canonical (see shared/address). Memory: about 10 bytes an IPv4 network, 34 an IPv6 one. */
export class NetworkSet {
  readonly #ipv4: Family = { tables: [], lengths: [] };
  readonly #ipv6: Family = { tables: [], lengths: [] };
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a canonical network; false when it was there. */
  put(network: string): boolean {
    const { address, prefixBits } = splitNetwork(network);
    const bits = readAddressWords(address, words);
    const family = bits === 32 ? this.#ipv4 : this.#ipv6;
    let table = family.tables[prefixBits];
    if (table === undefined) {
      table = new WordTable(bits === 32 ? 1 : 4);
      family.tables[prefixBits] = table;
      family.lengths = [...family.lengths, prefixBits].sort((a, b) => b - a);
    }
    const isNew = table.put(words);
    if (isNew) this.#size += 1;
    return isNew;
  }

  /** Removes a canonical network; false when it was not there. */
  remove(network: string): boolean {
    const { address, prefixBits } = splitNetwork(network);
    const family = readAddressWords(address, words) === 32 ? this.#ipv4 : this.#ipv6;
    const table = family.tables[prefixBits];
    if (table === undefined || !table.remove(words)) return false;
    this.#size -= 1;
    if (table.size === 0) {
      family.tables[prefixBits] = undefined;
      family.lengths = family.lengths.filter((length) => length !== prefixBits);
    }
    return true;
  }

  /** Length of the longest network that holds the canonical address, or -1. */
  longestPrefix(address: string): number {
    const bits = readAddressWords(address, words);
    const family = bits === 32 ? this.#ipv4 : this.#ipv6;
    // Longest first, so each step only clears more bits of the same words.
    for (const length of family.lengths) {
      clearBehind(words, length, bits);
      if (family.tables[length]?.has(words)) return length;
    }
    return -1;
  }

  has(address: string): boolean {
    return this.longestPrefix(address) >= 0;
  }

  /** The longest network that holds the address, as canonical text, or undefined. */
  find(address: string): string | undefined {
    const prefixBits = this.longestPrefix(address);
    return prefixBits < 0 ? undefined : formatNetwork({ address: maskAddress(address, prefixBits), prefixBits });
  }
}

function clearBehind(target: Int32Array, prefixBits: number, bits: number): void {
  for (let index = 0; index * 32 < bits; index += 1) {
    const keep = prefixBits - index * 32;
    // A shift by 32 is a shift by 0 in this language, so a word that goes whole is set to 0.
    if (keep <= 0) target[index] = 0;
    else if (keep < 32) target[index] = (target[index] ?? 0) & (0xffffffff << (32 - keep));
  }
}
