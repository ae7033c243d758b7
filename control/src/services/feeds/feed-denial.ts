/** Brings the denylist in line with a feed's copy: an entry of an operator or another feed is never touched. */

import { SipprotError } from "@sipprot/shared/errors";
import type { Feed } from "@sipprot/shared/feed";
import type { ListEntry } from "@sipprot/shared/lists";
import { NetworkLookup } from "@sipprot/shared/network-lookup";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { DenyGuard, type GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { readHosts } from "@sipprot/shared/store/host-store";
import { putListEntries, readList, removeListEntries } from "@sipprot/shared/store/list-store";
import { ListWriter, WRITE_STEP } from "@sipprot/shared/store/list-writer";
import type { Redis } from "ioredis";
import { stepsOf, walkGently } from "../gentle-walk.ts";
import { addToCopy, findInCopy, readCopy, readFeeds, removeFromCopy } from "./feed-store.ts";
import { badFeed } from "./feed-text.ts";

/** Entries looked up at a time. */
const STEP = 1000;
/** Up to so many are written as one change that names them all. */
const MAX_NAMED = 200;

/** Name of a feed as author of its entries. */
const authorOf = (id: string) => `feed:${id}`;

/**
 * Denies what the feed names and takes off what it names no more. Returns how many networks were left out because the
 * allowlist has them. The copy is written first and cut last, so that a stop in between leaves nothing behind for good.
 *
 * Throws `bad-feed` before anything is written when an address of our own would be denied.
 */
export async function applyFeed(
  redis: Redis,
  feed: Feed,
  networks: ReadonlySet<string>,
  guarded: readonly GuardedNetwork[],
  nowMs: number,
): Promise<{ readonly allowed: number }> {
  const guard = new DenyGuard(guarded, await readHosts(redis));
  await walkGently(networks, (network) => {
    const why = guard.explain(network);
    if (why !== undefined) throw badFeed(`${network} would be denied: ${why}`, { kind: "own-address", value: network });
  });
  const { wanted, allowed } = await leaveOutAllowed(redis, networks);
  const missing: string[] = [];
  for (const step of stepsOf(wanted, STEP)) {
    await addToCopy(redis, feed.id, step);
    missing.push(...(await findMissing(redis, step)));
  }
  const refused = await deny(redis, feed, missing, nowMs, guarded);
  const gone: string[] = [];
  await walkGently(await readCopy(redis, feed.id), (network) => {
    if (!wanted.has(network)) gone.push(network);
  });
  await withdraw(redis, feed.id, gone, nowMs, guarded);
  return { allowed: allowed + refused.size };
}

/** Takes networks of a feed off the denylist; what another feed names as well becomes an entry of that one. */
export async function withdraw(
  redis: Redis,
  id: string,
  networks: readonly string[],
  nowMs: number,
  guarded: readonly GuardedNetwork[],
): Promise<void> {
  let left = await findOwn(redis, id, networks);
  for (const other of await readFeeds(redis)) {
    if (other.id === id || left.length === 0) continue;
    const { wanted } = await leaveOutAllowed(redis, await findInCopy(redis, other.id, left));
    const refused = await hand(redis, other, wanted, nowMs, guarded);
    left = left.filter((network) => !wanted.has(network) || refused.has(network));
  }
  await removeListEntries(redis, "deny", left, { by: authorOf(id), nowMs });
  await removeFromCopy(redis, id, networks);
}

/** Makes entries those of another feed. Returns what may not be denied any more. */
async function hand(
  redis: Redis,
  feed: Feed,
  networks: ReadonlySet<string>,
  nowMs: number,
  guarded: readonly GuardedNetwork[],
): Promise<ReadonlySet<string>> {
  try {
    return await deny(redis, feed, [...networks], nowMs, guarded);
  } catch (error) {
    if (error instanceof SipprotError) return networks;
    throw error;
  }
}

/**
 * Writes entries of a feed: a few as a change that names them, many by the writer of large changes. Returns what was
 * refused, because it came on the allowlist meanwhile. Throws when the list is full, or a few cannot be written at all.
 */
async function deny(
  redis: Redis,
  feed: Feed,
  networks: readonly string[],
  nowMs: number,
  guarded: readonly GuardedNetwork[],
): Promise<ReadonlySet<string>> {
  const author = { by: authorOf(feed.id), nowMs };
  const refused = new Set<string>();
  if (networks.length <= MAX_NAMED) {
    await putListEntries(redis, "deny", entriesOf(feed, networks, nowMs), author, guarded);
    return refused;
  }
  const writer = await ListWriter.open(redis, "deny", author, guarded);
  for (const step of stepsOf(networks, WRITE_STEP)) {
    for (const { entry, reason, detail } of (await writer.write(entriesOf(feed, step, nowMs))).refused) {
      if (reason === "list-full") {
        throw badFeed(`the denylist is full: ${detail}`, { kind: "list-full", value: "" });
      }
      refused.add(entry.network);
    }
  }
  await writer.finish();
  return refused;
}

function entriesOf(feed: Feed, networks: readonly string[], nowMs: number): ListEntry[] {
  const addedAtSeconds = Math.floor(nowMs / 1000);
  return networks.map((network) => ({ network, note: feed.name, addedAtSeconds, addedBy: authorOf(feed.id) }));
}

/** Leaves out what is inside an allowed network: it could not be denied, and need not. */
async function leaveOutAllowed(redis: Redis, networks: ReadonlySet<string>) {
  const lookup = new NetworkLookup();
  for await (const portion of readList(redis, "allow")) for (const entry of portion) lookup.add(entry.network);
  const wanted = new Set<string>();
  await walkGently(networks, (network) => {
    if (lookup.findContaining(network) === undefined) wanted.add(network);
  });
  return { wanted, allowed: networks.size - wanted.size };
}

async function findMissing(redis: Redis, networks: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  await eachEntry(redis, networks, (network, text) => {
    if (text === null) missing.push(network);
  });
  return missing;
}

async function findOwn(redis: Redis, id: string, networks: readonly string[]): Promise<string[]> {
  const own: string[] = [];
  await eachEntry(redis, networks, (network, text) => {
    // Quotes inside a note are escaped in JSON: only the field itself reads so.
    if (text?.includes(`"addedBy":${JSON.stringify(authorOf(id))}`)) own.push(network);
  });
  return own;
}

async function eachEntry(
  redis: Redis,
  networks: readonly string[],
  look: (network: string, text: string | null) => void,
): Promise<void> {
  for (const step of stepsOf(networks, STEP)) {
    const texts = await redis.hmget(redisKeys.list("deny"), ...step);
    for (const [index, network] of step.entries()) look(network, texts[index] ?? null);
  }
}
