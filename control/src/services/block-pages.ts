/** The blocks in force page by page, lifting them, and lifting with an allowance for some hours. */
import { splitNetwork } from "@sipprot/shared/address";
import { type Block, blockKey } from "@sipprot/shared/block";
import type {
  BlockPageInput,
  BlockRow,
  BlockWithEvidence,
  Lifted,
  LiftedAndAllowed,
  LiftedMatching,
  MatchingLift,
} from "@sipprot/shared/block-page";
import { SipprotError } from "@sipprot/shared/errors";
import type { ListEntry } from "@sipprot/shared/lists";
import { orderKey } from "@sipprot/shared/network-order";
import { cutPage, type Page } from "@sipprot/shared/page";
import { explainReason } from "@sipprot/shared/reason";
import { liftBlocks, readEvidence } from "@sipprot/shared/store/block-store";
import { readLastChangeId } from "@sipprot/shared/store/change-stream";
import { type Author, findListEntries, putListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { type Confirmation, waitForHosts } from "./blocks.ts";
import type { Countries } from "./country.ts";
import { fold } from "./list-filter.ts";
import type { StoreMirror } from "./store-mirror.ts";

type SortValue = string | number;

const sortValues: Readonly<Record<BlockPageInput["sort"], (block: Block, countries: Countries) => SortValue>> = {
  until: (block) => block.untilMs,
  since: (block) => block.sinceMs,
  address: (block) => orderKey(block.source),
  country: (block, countries) => block.country ?? countries.findCode(block.source),
  agent: (block) => block.agent,
  gate: (block) => block.gate,
  refused: (block) => block.refused,
  strikes: (block) => block.strikes,
};

/** One page of the blocks in force. */
export function pageBlocks(mirror: StoreMirror, query: BlockPageInput, nowMs: number): Page<BlockRow> {
  const { countries } = mirror;
  const readValue = sortValues[query.sort];
  const found: { readonly block: Block; readonly value: SortValue; readonly key: string }[] = [];
  for (const [key, block] of mirror.copy.blocks) {
    if (block.untilMs > nowMs && matches(block, query.filter ?? {}, countries)) {
      found.push({ block, value: readValue(block, countries), key });
    }
  }
  const sign = query.descending ? -1 : 1;
  found.sort((one, other) => {
    if (one.value !== other.value) return one.value < other.value ? -sign : sign;
    return one.key < other.key ? -sign : sign;
  });
  const page = cutPage(found, query, nowMs);
  return { ...page, rows: page.rows.map(({ block }) => describeBlock(block, countries, nowMs)) };
}

/** True when the block of this key refuses now. */
export function isInForce(mirror: StoreMirror, key: string, nowMs: number): boolean {
  return (mirror.copy.blocks.get(key)?.untilMs ?? 0) > nowMs;
}

/** A block as a row. */
export function describeBlock(block: Block, countries: Countries, nowMs: number): BlockRow {
  const { evidence: _, ...rest } = block;
  return {
    ...rest,
    key: blockKey(block),
    secondsLeft: Math.max(0, Math.ceil((block.untilMs - nowMs) / 1000)),
    place: countries.find(block.source),
    explanation: explainReason(block.reason),
  };
}

/** One block with the messages that led to it. Throws `not-found` when it is over or was lifted. */
export async function readBlockWithEvidence(
  redis: Redis,
  mirror: StoreMirror,
  key: string,
  nowMs: number,
): Promise<BlockWithEvidence> {
  const block = mirror.copy.blocks.get(key);
  if (block === undefined || block.untilMs <= nowMs) throw notBlocked(key);
  return { ...describeBlock(block, mirror.countries, nowMs), evidence: await readEvidence(redis, key) };
}

/** Lifts blocks by key on every host, and waits for what the hosts say. A key that is not there is no error. */
export async function liftByKeys(
  redis: Redis,
  mirror: StoreMirror,
  keys: readonly string[],
  author: Author,
): Promise<Lifted> {
  for (const key of keys) sourceOfKey(key);
  const lifted = keys.filter((key) => mirror.copy.blocks.has(key));
  await liftBlocks(redis, keys, author);
  return { lifted, ...(await seeThrough(redis, keys)) };
}

/** Lifts all blocks that match a filter now, but for some, and waits for what the hosts say. */
export async function liftMatching(
  redis: Redis,
  mirror: StoreMirror,
  { filter = {}, except }: MatchingLift,
  author: Author,
): Promise<LiftedMatching> {
  const kept = new Set(except);
  const keys: string[] = [];
  for (const [key, block] of mirror.copy.blocks) {
    if (isInForce(mirror, key, author.nowMs) && !kept.has(key) && matches(block, filter, mirror.countries)) {
      keys.push(key);
    }
  }
  await liftBlocks(redis, keys, author);
  const { hosts } = await seeThrough(redis, []);
  return { lifted: keys.length, hosts };
}

/**
 * Lifts the block of this key and lets its source through for some hours, in one step. An entry of the allowlist that
 * lasts longer is left as it is.
 */
export async function liftAndAllow(
  redis: Redis,
  mirror: StoreMirror,
  given: { readonly key: string; readonly hours: number; readonly note: string },
  author: Author,
): Promise<LiftedAndAllowed> {
  const source = sourceOfKey(given.key);
  const addedAtSeconds = Math.floor(author.nowMs / 1000);
  const expiresAtSeconds = addedAtSeconds + given.hours * 3600;
  const wanted: ListEntry = { network: source, note: given.note, addedAtSeconds, addedBy: author.by, expiresAtSeconds };
  const present = (await findListEntries(redis, "allow", source)).find(
    (entry) => entry.expiresAtSeconds === undefined || entry.expiresAtSeconds >= expiresAtSeconds,
  );
  const keys = new Set([given.key]);
  for (const [key, block] of mirror.copy.blocks) if (block.source === source) keys.add(key);
  const known = [...keys].filter((key) => mirror.copy.blocks.has(key));
  if (present === undefined) {
    // Allowing lifts what Redis knows of in the same step; what only a host knows of is lifted by key right after.
    const { liftedBlocks } = await putListEntries(redis, "allow", [wanted], author);
    for (const key of liftedBlocks) keys.add(key);
  }
  await liftBlocks(redis, [...keys], author);
  const { hosts } = await seeThrough(redis, []);
  return { lifted: known, hosts, stillDenied: [], entry: present ?? wanted };
}

async function seeThrough(redis: Redis, keys: readonly string[]): Promise<Omit<Lifted, "lifted">> {
  const changeId = await readLastChangeId(redis);
  const denied = new Map<string, ListEntry>();
  for (const source of new Set(keys.map(sourceOfKey))) {
    for (const entry of await findListEntries(redis, "deny", source)) denied.set(entry.network, entry);
  }
  const hosts = (await waitForHosts(redis, changeId)).map(plainConfirmation);
  return { stillDenied: [...denied.values()], hosts };
}

function plainConfirmation({ host, hasApplied, kernel }: Confirmation): Lifted["hosts"][number] {
  return { host, hasApplied, ...(kernel === undefined ? {} : { kernel }) };
}

function matches(
  block: Block,
  { search = "", countries, gate, endpoint, isAccountOnly }: NonNullable<BlockPageInput["filter"]>,
  places: Countries,
): boolean {
  if (gate !== undefined && block.gate !== gate) return false;
  if (endpoint !== undefined && block.endpoint !== endpoint) return false;
  if (isAccountOnly !== undefined && (block.account !== undefined) !== isAccountOnly) return false;
  if (countries !== undefined && !countries.includes(block.country ?? places.findCode(block.source))) return false;
  const typed = search.trim();
  if (typed === "") return true;
  return (
    block.source.startsWith(typed.toLowerCase()) ||
    fold(block.agent).includes(fold(typed)) ||
    fold(block.account ?? "").includes(fold(typed))
  );
}

/** The source a key begins with. Throws `bad-network` for what no key is. */
function sourceOfKey(key: string): string {
  const source = key.split(" ", 1)[0] ?? key;
  if (/^[0-9a-f.:/]+$/.test(source) && splitNetwork(source).address !== "") return source;
  throw new SipprotError("bad-network", `${JSON.stringify(key.slice(0, 80))} is not the key of a block`, {
    field: "key",
    value: key.slice(0, 80),
    expected: "the key of a block as its row has it",
  });
}

function notBlocked(key: string): SipprotError {
  return new SipprotError("not-found", `there is no block of ${JSON.stringify(key.slice(0, 80))} any more`, {
    field: "key",
    value: key.slice(0, 80),
    expected: "the key of a block in force",
  });
}
