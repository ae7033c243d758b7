/**
 * How networks are laid out in sets: one hash set for each common prefix length, one interval set for all others.
 * A hash set takes a change in microseconds at any size; an interval set is replaced whole. Pure.
 */
import { addressBytes, addressFromBytes, isIPv6, splitNetwork } from "@sipprot/shared/address";

export type ListKind = "allow" | "deny" | "ban";

/** Prefix lengths with a hash set of their own. Order: the most common first. */
export const HASH_PREFIXES: Readonly<Record<4 | 6, readonly number[]>> = { 4: [32, 24, 16], 6: [64, 128, 48] };
/** Elements one hash set may hold: 84 MB of kernel memory when full. */
export const MAX_SET_ELEMENTS = 1_048_576;
/** Elements named in one transaction: large enough to load 100,000 in under a second, small enough to go on in between. */
const MAX_ELEMENTS_AT_ONCE = 10_000;

/** The set a canonical network belongs into, e.g. `deny4_24`, `ban6_64`, `allow4_odd`. */
export function setNameOf(kind: ListKind, network: string): string {
  const { prefixBits } = splitNetwork(network);
  const family = isIPv6(network) ? 6 : 4;
  return `${kind}${family}_${HASH_PREFIXES[family].includes(prefixBits) ? prefixBits : "odd"}`;
}

/** True for networks that need an interval set. */
export function isOdd(network: string): boolean {
  return !HASH_PREFIXES[isIPv6(network) ? 6 : 4].includes(splitNetwork(network).prefixBits);
}

/** The sets of a kind: names and declarations. Bans have neither odd lengths nor lists without end. */
export function writeNetworkSets(kind: ListKind): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const type = `type ipv${family}_addr`;
    const hash = kind === "ban" ? "flags timeout; counter;" : "";
    return [
      ...HASH_PREFIXES[family].map(
        (bits) => `set ${kind}${family}_${bits} { ${type}; ${hash} size ${MAX_SET_ELEMENTS}; }`,
      ),
      ...(kind === "ban" ? [] : [`set ${kind}${family}_odd { ${type}; flags interval; auto-merge; }`]),
    ];
  });
}

/** The names of the sets of a kind, for one family. */
export function setNamesOf(kind: ListKind, family: 4 | 6): string[] {
  return [
    ...HASH_PREFIXES[family].map((bits) => `${kind}${family}_${bits}`),
    ...(kind === "ban" ? [] : [`${kind}${family}_odd`]),
  ];
}

/** One rule a set of a family, each ending in the verdict; of the sets named in `used` only, where that is told. */
export function writeLookups(kind: ListKind, family: 4 | 6, verdict: string, used?: ReadonlySet<string>): string[] {
  const source = family === 4 ? "ip saddr" : "ip6 saddr";
  const bits = family === 4 ? 32 : 128;
  return setNamesOf(kind, family)
    .filter((name) => used === undefined || used.has(name))
    .map((name) => {
      const prefixBits = Number(name.slice(name.indexOf("_") + 1));
      const mask = name.endsWith("_odd") || prefixBits === bits ? "" : ` & ${maskText(family, prefixBits)}`;
      return `${source}${mask} @${name} ${verdict}`;
    });
}

/** The network an element key of such a set stands for: nft writes a hash set's /24 as its first address. */
export function networkOfElement(set: string, key: string): string {
  const prefix = /^[a-z]+([46])_(\d+)$/.exec(set);
  if (prefix === null) return key;
  const full = prefix[1] === "4" ? "32" : "128";
  return prefix[2] === full ? key : `${key}/${prefix[2]}`;
}

/** One thing to do to one element. `timeoutMs` only where the set has timeouts. */
export interface ElementChange {
  readonly set: string;
  readonly network: string;
  readonly timeoutMs?: number;
}

/** `add element` or `delete element` lines for many changes, grouped by set. Set names given are ours, networks canonical. */
export function writeElements(verb: "add" | "delete", table: string, changes: readonly ElementChange[]): string {
  const bySet = new Map<string, string[]>();
  for (const { set, network, timeoutMs } of changes) {
    const list = bySet.get(set) ?? [];
    bySet.set(set, list);
    const key = set.endsWith("_odd") ? network : splitNetwork(network).address;
    list.push(timeoutMs === undefined ? key : `${key} timeout ${timeoutMs}ms`);
  }
  return [...bySet].map(([set, list]) => `${verb} element inet ${table} ${set} { ${list.join(", ")} }\n`).join("");
}

/** Cuts many changes into portions that one transaction takes. */
export function* inPortions<Change>(changes: readonly Change[]): Generator<Change[]> {
  for (let from = 0; from < changes.length; from += MAX_ELEMENTS_AT_ONCE)
    yield changes.slice(from, from + MAX_ELEMENTS_AT_ONCE);
}

/** Networks as sorted, merged ranges `FIRST-LAST` (hexadecimal): two lists that cover the same are the same. */
export function mergeRanges(keys: Iterable<string>): string[] {
  const ranges = [...keys]
    .map(rangeOf)
    .sort((one, other) => (one.first < other.first ? -1 : one.first > other.first ? 1 : 0));
  const merged: { first: bigint; last: bigint; family: number }[] = [];
  for (const range of ranges) {
    const before = merged.at(-1);
    if (before !== undefined && before.family === range.family && range.first <= before.last + 1n) {
      if (range.last > before.last) before.last = range.last;
    } else merged.push({ ...range });
  }
  return merged.map(({ first, last }) => `${first.toString(16)}-${last.toString(16)}`);
}

/** A key as nft writes it: an address, a network, or two addresses. IPv6 lies above all of IPv4. */
function rangeOf(key: string): { first: bigint; last: bigint; family: number } {
  const dash = key.indexOf("-");
  const family = isIPv6(key) ? 6 : 4;
  if (dash >= 0) return { first: numberOf(key.slice(0, dash)), last: numberOf(key.slice(dash + 1)), family };
  const { address, prefixBits } = splitNetwork(key);
  const first = numberOf(address);
  return { first, last: first + (1n << BigInt((family === 4 ? 32 : 128) - prefixBits)) - 1n, family };
}

function numberOf(address: string): bigint {
  const bytes = addressBytes(address);
  const value = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  return bytes.length === 16 ? value + (1n << 64n) : value;
}

function maskText(family: 4 | 6, prefixBits: number): string {
  const bytes = new Uint8Array(family === 4 ? 4 : 16);
  for (let bit = 0; bit < prefixBits; bit += 1) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return addressFromBytes(bytes);
}
