/** All networks of some countries, taken out of a country database: what the kernel needs to close the whole host to them. */
import { addressFromBytes } from "@sipprot/shared/address";
import type { CountryPlace } from "@sipprot/shared/country-database";

/** Tells what the database says of a canonical address. */
export type LookUpPlace = (address: string) => CountryPlace;

/** Places looked up between two pauses: about 5 ms, so that nothing else of the process waits long. */
const PLACES_A_TURN = 1_000;
/** Global unicast addresses (RFC 4291 2.4); below and above there are no countries, and the database keeps IPv4 below. */
const FIRST_IPV6 = 0x2n << 124n;
const END_IPV6 = 0x4n << 124n;

interface Block {
  readonly start: bigint;
  readonly prefixBits: number;
}

/**
 * The networks of both families whose country is wanted, in order, neighbours joined. Addresses without a country are never
 * among them. Takes some 5 s for a database of all the world, in small turns.
 */
export async function listCountryNetworks(
  lookUp: LookUpPlace,
  isWanted: (country: string) => boolean,
): Promise<string[]> {
  const inFour = await walk({ lookUp, isWanted, bits: 32, first: 0n, end: 1n << 32n, write: writeIPv4 });
  const inSix = await walk({ lookUp, isWanted, bits: 128, first: FIRST_IPV6, end: END_IPV6, write: writeIPv6 });
  return [...inFour, ...inSix];
}

interface Walk {
  readonly lookUp: LookUpPlace;
  readonly isWanted: (country: string) => boolean;
  readonly bits: number;
  readonly first: bigint;
  readonly end: bigint;
  readonly write: (address: bigint) => string;
}

async function walk({ lookUp, isWanted, bits, first, end, write }: Walk): Promise<string[]> {
  const found: Block[] = [];
  let places = 0;
  for (let at = first; at < end; ) {
    const { country, prefixBits } = lookUp(write(at));
    const size = 1n << BigInt(bits - prefixBits);
    if (country !== undefined && isWanted(country)) join(found, { start: at, prefixBits }, bits);
    // The place may begin before us where the walk begins inside it.
    at = at - (at % size) + size;
    places += 1;
    if (places % PLACES_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return found.map(({ start, prefixBits }) => (prefixBits === bits ? write(start) : `${write(start)}/${prefixBits}`));
}

/** Adds a network behind those before it; two halves of a larger one become that one, as often as it goes. */
function join(found: Block[], block: Block, bits: number): void {
  let last = block;
  for (let before = found.at(-1); before !== undefined; before = found.at(-1)) {
    const size = 1n << BigInt(bits - last.prefixBits);
    const isSecondHalf = before.prefixBits === last.prefixBits && before.start + size === last.start;
    if (!isSecondHalf || before.start % (size * 2n) !== 0n) break;
    found.pop();
    last = { start: before.start, prefixBits: last.prefixBits - 1 };
  }
  found.push(last);
}

function writeIPv4(address: bigint): string {
  const number = Number(address);
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

function writeIPv6(address: bigint): string {
  const bytes = new Uint8Array(16);
  for (let index = 15, rest = address; index >= 0; index -= 1, rest >>= 8n) bytes[index] = Number(rest & 255n);
  return addressFromBytes(bytes);
}
