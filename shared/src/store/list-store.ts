/** The allowlist and the denylist in Redis: put, remove, read. Whoever changes a list does it through these. */
import type { Redis } from "ioredis";
import type { Change } from "../change.ts";
import type { ListEntry, ListName } from "../lists.ts";
import { NetworkLookup, widerNetworks } from "../network-lookup.ts";
import { MAX_LIST_ENTRIES, redisKeys } from "../redis-keys.ts";
import { liftedCommands, readBlockKeys } from "./block-store.ts";
import { commitDecided } from "./change-stream.ts";
import { DenyGuard, type GuardedNetwork } from "./deny-guard.ts";
import { scanHash } from "./hash-scan.ts";
import { readHosts } from "./host-store.ts";
import { checkAgainstAllowed, checkAllowed, checkEntry, checkNew, listFull, readTexts } from "./list-checks.ts";
import { parseEntry } from "./list-entry-text.ts";
import { tellStep } from "./list-step.ts";
import { keepCommands } from "./removed-entries.ts";

/** Entries written in one step; a step takes a few milliseconds of the server's. */
const STEP = 1000;
/** Up to so many entries a change names them all; with more each step is told for itself. */
const MAX_NAMED_ENTRIES = 200;
/** Most networks named in an outcome. */
const MAX_NAMED_IN_OUTCOME = 100;

/** Who changes a list, and when. */
export interface Author {
  /** Name for the audit trail: an account, "root (cli)", "proxy:HOST". */
  readonly by: string;
  readonly nowMs: number;
}

export interface PutOutcome {
  readonly added: number;
  readonly updated: number;
  /** Block keys lifted because their source is allowed now. */
  readonly liftedBlocks: readonly string[];
  /** For the denylist: networks on the allowlist inside the denied ones; they stay allowed. At most 100 are named. */
  readonly stillAllowed: readonly string[];
}

/**
 * Puts entries on a list; one that is there already is replaced. All entries are checked before anything is written;
 * up to 1000 are written in one step, more in steps of that size. Allowing lifts the blocks inside in the same step.
 *
 * Throws `already-there` with `onlyNew` for one that is there, and writes nothing of its step.
 * Throws `bad-list-entry`; `guarded-network` for what must not be denied (addresses of `guarded`, protected endpoints
 * of all hosts, everything, what is inside an allowed network) and for allowing every address.
 */
export async function putListEntries(
  redis: Redis,
  list: ListName,
  given: readonly ListEntry[],
  author: Author,
  guarded: readonly GuardedNetwork[] = [],
  onlyNew = false,
): Promise<PutOutcome> {
  const entries = given.map(checkEntry);
  if (list === "allow") for (const entry of entries) checkAllowed(entry.network);
  const guard = list === "deny" ? new DenyGuard(guarded, await readHosts(redis)) : undefined;
  for (const entry of entries) guard?.check(entry.network);
  const isNamed = entries.length <= MAX_NAMED_ENTRIES;
  let added = 0;
  const lifted = new Set<string>();
  const stillAllowed = new Set<string>();
  for (let start = 0; start < entries.length; start += STEP) {
    const step = entries.slice(start, start + STEP);
    const { committed, outcome } = await commitDecided(redis, async (onVersion) => {
      if ((await redis.hlen(redisKeys.list(list))) + step.length > MAX_LIST_ENTRIES) throw listFull(list);
      if (onlyNew) await checkNew(redis, list, step);
      const kept = list === "deny" ? await checkAgainstAllowed(redis, step) : [];
      const keys = list === "allow" ? await blockKeysInside(redis, step) : [];
      const commands = [["HSET", redisKeys.list(list), ...step.flatMap((one) => [one.network, JSON.stringify(one)])]];
      const changes: Change[] = [];
      if (isNamed) changes.push({ kind: "list-put", list, entries: step });
      else {
        const told = tellStep(onVersion, list, step);
        commands.push(...told.commands);
        changes.push(told.change);
      }
      const lifting = liftedCommands(keys, author.nowMs);
      return {
        work: {
          commands: [...commands, ...lifting.commands],
          changes: [...changes, ...lifting.changes],
          by: author.by,
        },
        outcome: { kept, keys },
      };
    });
    added += Number(committed.replies[0]);
    for (const key of outcome.keys) lifted.add(key);
    for (const network of outcome.kept) stillAllowed.add(network);
  }
  return {
    added,
    updated: entries.length - added,
    liftedBlocks: [...lifted],
    stillAllowed: [...stillAllowed].slice(0, MAX_NAMED_IN_OUTCOME),
  };
}

/**
 * Removes networks (canonical texts) from a list. Says how many were there; removing twice is no error. With `undo` the
 * entries are kept under that name, for `restoreRemoved`.
 */
export async function removeListEntries(
  redis: Redis,
  list: ListName,
  networks: readonly string[],
  author: Author,
  undo?: string,
): Promise<{ readonly removed: number }> {
  let removed = 0;
  for (let start = 0; start < networks.length; start += STEP) {
    const step = networks.slice(start, start + STEP);
    const isNamed = networks.length <= MAX_NAMED_ENTRIES;
    const { committed } = await commitDecided(redis, async (onVersion) => {
      const removal = ["HDEL", redisKeys.list(list), ...step];
      const told = tellStep(
        onVersion,
        list,
        step.map((network) => ({ network })),
      );
      const kept = undo === undefined ? [] : keepCommands(list, undo, await readTexts(redis, list, step));
      const work = isNamed
        ? { commands: [removal, ...kept], changes: [{ kind: "list-remove" as const, list, networks: step }] }
        : { commands: [removal, ...kept, ...told.commands], changes: [told.change] };
      return { work: { ...work, by: author.by }, outcome: undefined };
    });
    removed += Number(committed.replies[0]);
  }
  return { removed };
}

/** Removes those of the networks whose entry has expired by now; one that was renewed meanwhile stays. */
export async function removeExpiredEntries(
  redis: Redis,
  list: ListName,
  networks: readonly string[],
  author: Author,
): Promise<void> {
  const nowSeconds = author.nowMs / 1000;
  for (let start = 0; start < networks.length; start += MAX_NAMED_ENTRIES) {
    await commitDecided(redis, async () => {
      const step = networks.slice(start, start + MAX_NAMED_ENTRIES);
      const texts = await redis.hmget(redisKeys.list(list), ...step);
      const gone = texts
        .map(parseEntry)
        .filter((entry) => entry?.expiresAtSeconds !== undefined && entry.expiresAtSeconds <= nowSeconds)
        .map((entry) => entry?.network ?? "");
      return {
        work: {
          commands: gone.length === 0 ? [] : [["HDEL", redisKeys.list(list), ...gone]],
          changes: gone.length === 0 ? [] : [{ kind: "list-remove" as const, list, networks: gone }],
          by: author.by,
        },
        outcome: undefined,
      };
    });
  }
}

/** All entries of a list in portions, in no order. What cannot be read is left out. */
export async function* readList(redis: Redis, list: ListName): AsyncGenerator<ListEntry[]> {
  for await (const portion of scanHash(redis, redisKeys.list(list))) {
    const entries = portion.map(([, text]) => parseEntry(text)).filter((entry) => entry !== undefined);
    if (entries.length > 0) yield entries;
  }
}

/** The entries of exactly these networks, in their order; undefined where there is none. */
export async function readListEntries(
  redis: Redis,
  list: ListName,
  networks: readonly string[],
): Promise<(ListEntry | undefined)[]> {
  return networks.length === 0 ? [] : (await redis.hmget(redisKeys.list(list), ...networks)).map(parseEntry);
}

/** Number of entries of a list. */
export async function countList(redis: Redis, list: ListName): Promise<number> {
  return redis.hlen(redisKeys.list(list));
}

/** The entry of exactly this network, or undefined. */
export async function readListEntry(redis: Redis, list: ListName, network: string): Promise<ListEntry | undefined> {
  return parseEntry(await redis.hget(redisKeys.list(list), network));
}

/** The entries that hold this address or network, the smallest first. Costs the same however long the list is. */
export async function findListEntries(redis: Redis, list: ListName, canonical: string): Promise<ListEntry[]> {
  const texts = await redis.hmget(redisKeys.list(list), ...widerNetworks(canonical));
  return texts.map(parseEntry).filter((entry) => entry !== undefined);
}

async function blockKeysInside(redis: Redis, entries: readonly ListEntry[]): Promise<string[]> {
  const allowed = new NetworkLookup(entries.map((entry) => entry.network));
  const inside: string[] = [];
  for await (const key of readBlockKeys(redis)) {
    if (allowed.findContaining(key.split(" ", 1)[0] ?? key) !== undefined) inside.push(key);
  }
  return inside;
}
