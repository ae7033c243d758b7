/** The operator's lists: add, remove, show, and every list an address is on. */
import { addressBytes, isIPv6, parseAddress, parseNetwork, splitNetwork } from "@sipprot/shared/address";
import type { Block } from "@sipprot/shared/block";
import { SipprotError } from "@sipprot/shared/errors";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { findBlocks } from "@sipprot/shared/store/block-store";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import {
  type Author,
  findListEntries,
  type PutOutcome,
  putListEntries,
  readList,
  readListEntry,
  removeListEntries,
} from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";

export interface Addition {
  /** As typed: addresses and CIDR networks in any spelling. */
  readonly networks: readonly string[];
  readonly note: string;
  /** How long the entries count, in seconds; undefined means until removed. */
  readonly forSeconds: number | undefined;
  /** What has an entry is refused; without, that gets the new note and time. */
  readonly onlyNew?: boolean;
}

/**
 * Puts addresses and networks on a list, all or none of up to a thousand. Returns the canonical networks beside what happened.
 *
 * Throws `bad-network`, `bad-list-entry`, `guarded-network`, `already-there` before anything is written.
 */
export async function addToList(
  redis: Redis,
  list: ListName,
  addition: Addition,
  author: Author,
  guarded: readonly GuardedNetwork[],
): Promise<PutOutcome & { readonly networks: readonly string[] }> {
  const networks = readNetworks(addition.networks);
  const addedAtSeconds = Math.floor(author.nowMs / 1000);
  const entries = networks.map((network) => ({
    network,
    note: addition.note,
    addedAtSeconds,
    addedBy: author.by,
    ...(addition.forSeconds === undefined ? {} : { expiresAtSeconds: addedAtSeconds + addition.forSeconds }),
  }));
  return { networks, ...(await putListEntries(redis, list, entries, author, guarded, addition.onlyNew)) };
}

/**
 * Takes networks off a list. Returns their canonical texts.
 *
 * Throws `bad-network`; `not-found` when one of them has no entry of its own, and then removes none.
 */
export async function removeFromList(
  redis: Redis,
  list: ListName,
  texts: readonly string[],
  author: Author,
): Promise<{ readonly networks: readonly string[]; readonly removed: number }> {
  const networks = readNetworks(texts);
  for (const network of networks) {
    if ((await readListEntry(redis, list, network)) === undefined) throw await notOnList(redis, list, network);
  }
  return { networks, ...(await removeListEntries(redis, list, networks, author)) };
}

/** All entries of a list in the order of their addresses. */
export async function showList(redis: Redis, list: ListName): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  for await (const portion of readList(redis, list)) entries.push(...portion);
  return sortByNetwork(entries, (entry) => entry.network);
}

/** Where an address or network was found. Entries that hold it come smallest first. */
export interface Findings {
  readonly canonical: string;
  readonly allow: readonly ListEntry[];
  readonly deny: readonly ListEntry[];
  readonly blocks: readonly Block[];
}

/** Looks an address or network up on every list. Entries and blocks that are over are left out. Throws `bad-network`. */
export async function checkLists(redis: Redis, text: string, nowMs: number): Promise<Findings> {
  const canonical = parseNetwork(text);
  const counts = (entry: ListEntry) => entry.expiresAtSeconds === undefined || entry.expiresAtSeconds * 1000 > nowMs;
  const [allow, deny, blocks] = await Promise.all([
    findListEntries(redis, "allow", canonical),
    findListEntries(redis, "deny", canonical),
    findBlocks(redis, canonical),
  ]);
  return {
    canonical,
    allow: allow.filter(counts),
    deny: deny.filter(counts),
    blocks: blocks.filter((block) => block.untilMs > nowMs),
  };
}

/** Reads one address as an operator types it. Throws `bad-address`. */
export function readAddress(text: string): string {
  const address = parseAddress(text.trim());
  if (address !== undefined) return address;
  throw new SipprotError("bad-address", `${JSON.stringify(text.slice(0, 80))} is not an address`, {
    field: "IP",
    value: text.slice(0, 80),
    expected: "one address such as 192.0.2.7 or 2001:db8::7",
  });
}

/** Sorts by address: IPv4 first, then by bytes, the wider network first. */
export function sortByNetwork<Item>(items: readonly Item[], networkOf: (item: Item) => string): Item[] {
  const keyed = items.map((item) => ({ item, key: sortKey(networkOf(item)) }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return keyed.map(({ item }) => item);
}

function sortKey(network: string): string {
  const { address, prefixBits } = splitNetwork(network);
  const hex = Buffer.from(addressBytes(address)).toString("hex");
  return `${isIPv6(address) ? 6 : 4}${hex}${String(prefixBits).padStart(3, "0")}`;
}

function readNetworks(texts: readonly string[]): string[] {
  return [...new Set(texts.map(parseNetwork))];
}

async function notOnList(redis: Redis, list: ListName, network: string): Promise<SipprotError> {
  const holder = (await findListEntries(redis, list, network))[0]?.network;
  return new SipprotError("not-found", `${network} is not on the ${list}list`, {
    field: "network",
    value: network,
    expected: `a network that has an entry on the ${list}list`,
    remedy:
      holder === undefined
        ? `see the list with: sipprot list ${list} show`
        : `it is held by ${holder}; to remove that: sipprot list ${list} remove ${holder}`,
  });
}
