/** What an entry must be, and what the list must hold or not hold, before it is put there. */
import type { Redis } from "ioredis";
import { SipprotError } from "../errors.ts";
import { type ListEntry, type ListName, listEntrySchema } from "../lists.ts";
import { NetworkLookup } from "../network-lookup.ts";
import { MAX_LIST_ENTRIES, redisKeys } from "../redis-keys.ts";
import { scanHash } from "./hash-scan.ts";

export function checkEntry(entry: ListEntry): ListEntry {
  const parsed = listEntrySchema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SipprotError("bad-list-entry", `this entry cannot be put on a list: ${issue?.message}`, {
    field: issue?.path.join(".") ?? "network",
    value: JSON.stringify(entry).slice(0, 200),
    expected: issue?.message ?? "network, note, addedAtSeconds, addedBy",
  });
}

export function checkAllowed(network: string): void {
  if (!network.endsWith("/0")) return;
  throw new SipprotError("guarded-network", `${network} cannot be allowed: nothing would be protected any more`, {
    field: "network",
    value: network,
    expected: "a network that is not every address there is",
    guard: { kind: "everything" },
    remedy: "to refuse nothing for a while: sipprot settings set mode observe",
  });
}

/** Refuses what is inside an allowed network; returns the allowed networks inside what is denied. */
export async function checkAgainstAllowed(redis: Redis, entries: readonly ListEntry[]): Promise<string[]> {
  const allowed = new NetworkLookup();
  const inside: string[] = [];
  const denied = new NetworkLookup(entries.map((entry) => entry.network));
  for await (const portion of scanHash(redis, redisKeys.list("allow"))) {
    for (const [network] of portion) {
      allowed.add(network);
      if (denied.findContaining(network) !== undefined) inside.push(network);
    }
  }
  for (const { network } of entries) {
    const container = allowed.findContaining(network);
    if (container === undefined) continue;
    throw new SipprotError("guarded-network", `${network} cannot be denied: ${container} is on the allowlist`, {
      field: "network",
      value: network,
      expected: "a network that is not on the allowlist",
      guard: { kind: "allowlist", network: container },
      remedy: `take it off the allowlist first: sipprot list allow remove ${container}`,
    });
  }
  return inside;
}

export async function checkNew(redis: Redis, list: ListName, entries: readonly ListEntry[]): Promise<void> {
  const [present] = await readTexts(
    redis,
    list,
    entries.map(({ network }) => network),
  );
  if (present === undefined) return;
  throw new SipprotError("already-there", `${present[0]} is on the ${list}list already`, {
    field: "network",
    value: present[0],
    expected: "a network that has no entry yet",
    remedy: "edit the entry that is there",
  });
}

export function listFull(list: ListName): SipprotError {
  return new SipprotError("bad-list-entry", `the ${list}list would have more than ${MAX_LIST_ENTRIES} entries`, {
    field: "network",
    expected: `at most ${MAX_LIST_ENTRIES} entries`,
    remedy: "remove entries, or put wider networks in their place",
  });
}

/** What the list has of these networks, of those that are there. */
export async function readTexts(
  redis: Redis,
  list: ListName,
  networks: readonly string[],
): Promise<[string, string][]> {
  const texts = await redis.hmget(redisKeys.list(list), ...networks);
  return networks.flatMap((network, index): [string, string][] => {
    const text = texts[index];
    return text === null || text === undefined ? [] : [[network, text]];
  });
}
