/** Addresses of one family between the kernel's form (`sockaddr_in`, `sockaddr_in6`) and text; those met lately cost no text. */
import { addressBytes, addressFromBytes, isIPv6, parseAddress } from "@sipprot/shared/address";
import { AF_INET, AF_INET6 } from "./system-calls.ts";

/** Addresses remembered by their bytes, each in the place its bits point to: about 1 MB when all are met. */
const PLACES = 8_192;
const WORDS = 4;
/** Destinations remembered by their text; beyond, all are forgotten at once. */
const MAX_DESTINATIONS = 8_192;
const PORT_AT = 2;
const SCOPE_AT = 24;
/** The third word of an IPv4-mapped address (::ffff:0:0/96) as it lies in memory. */
const MAPPED_WORD = 0xffff0000;
/** The last word of ::1 likewise. */
const LOOPBACK_WORD = 0x01000000;

/** `struct sockaddr_in` and `sockaddr_in6` in bytes. */
const IPV4_NAME_BYTES = 16;
const IPV6_NAME_BYTES = 28;

/** Whoever picks addresses that meet in one place only makes each of them be written out anew. */
export class AddressBook {
  readonly isIPv6: boolean;
  /** Length of an address in the kernel's form. */
  readonly nameBytes: number;
  readonly #bytesAt: number;
  readonly #family: number;
  readonly #words = new Uint32Array(PLACES * WORDS);
  readonly #texts = new Array<string>(PLACES).fill("");
  readonly #destinations = new Map<string, Uint8Array>();

  constructor(sixth: boolean) {
    this.isIPv6 = sixth;
    this.nameBytes = sixth ? IPV6_NAME_BYTES : IPV4_NAME_BYTES;
    this.#bytesAt = sixth ? 8 : 4;
    this.#family = sixth ? AF_INET6 : AF_INET;
  }

  /**
   * The canonical text of the address that begins at `at`. "" for one that nobody can be answered at: with a zone, or an
   * IPv4 address in the form of an IPv6 one.
   */
  textAt(names: Buffer, at: number): string {
    const from = at + this.#bytesAt;
    const first = names.readUInt32LE(from);
    if (!this.isIPv6) return this.#textOf(names, from, first, 0, 0, 0);
    const second = names.readUInt32LE(from + 4);
    const third = names.readUInt32LE(from + 8);
    const last = names.readUInt32LE(from + 12);
    const isIPv4Inside =
      first === 0 && second === 0 && (third === MAPPED_WORD || (third === 0 && last !== LOOPBACK_WORD));
    if (isIPv4Inside || names.readUInt32LE(at + SCOPE_AT) !== 0) return "";
    return this.#textOf(names, from, first, second, third, last);
  }

  /** Writes an address and port; false when it is none of this family. */
  put(names: Buffer, at: number, address: string, port: number): boolean {
    const bytes = this.#destinations.get(address) ?? this.#learn(address);
    if (bytes === undefined) return false;
    names.fill(0, at, at + this.nameBytes);
    names.writeUInt16LE(this.#family, at);
    names.writeUInt16BE(port, at + PORT_AT);
    names.set(bytes, at + this.#bytesAt);
    return true;
  }

  #textOf(names: Buffer, from: number, first: number, second: number, third: number, last: number): string {
    const place = placeOf(first ^ second ^ third ^ last);
    const words = this.#words;
    const at = place * WORDS;
    const known = this.#texts[place] ?? "";
    const isSame = words[at] === first && words[at + 1] === second && words[at + 2] === third && words[at + 3] === last;
    if (isSame && known !== "") return known;
    const text = addressFromBytes(names.subarray(from, from + (this.isIPv6 ? 16 : 4)));
    words[at] = first;
    words[at + 1] = second;
    words[at + 2] = third;
    words[at + 3] = last;
    this.#texts[place] = text;
    return text;
  }

  #learn(text: string): Uint8Array | undefined {
    const address = parseAddress(text);
    if (address === undefined || isIPv6(address) !== this.isIPv6) return undefined;
    if (this.#destinations.size >= MAX_DESTINATIONS) this.#destinations.clear();
    const bytes = addressBytes(address);
    this.#destinations.set(text, bytes);
    return bytes;
  }
}

/** The port of the name that begins at `at`. */
export function portAt(names: Buffer, at: number): number {
  return names.readUInt16BE(at + PORT_AT);
}

/** Multiplies by the golden ratio and takes the upper bits: neighbours come to lie far apart. */
function placeOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> 19;
}
