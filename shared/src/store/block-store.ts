/** The dynamic blocks in Redis: put, lift, read, sweep; and how often each source was blocked. */
import type { Redis } from "ioredis";
import { sourceOf } from "../address.ts";
import { type Block, blockKey, blockSchema, type Evidence, evidenceSchema } from "../block.ts";
import type { Change } from "../change.ts";
import { widerNetworks } from "../network-lookup.ts";
import {
  LIFTED_SECONDS,
  MAX_BLOCKS,
  MAX_BLOCKS_WITH_EVIDENCE,
  MAX_CHANGES,
  MAX_STRIKES,
  redisKeys,
  STRIKES_SECONDS,
} from "../redis-keys.ts";
import { commit } from "./change-stream.ts";
import { scanHash } from "./hash-scan.ts";
import { readStoredJson } from "./stored-json.ts";

/** What became of a block that was put. */
export type BlockOutcome =
  | "put"
  /** A block of the same key that ends later is in force. */
  | "outlasted"
  /** It was lifted by hand after it began. */
  | "lifted"
  /** Its source is on the allowlist. */
  | "allowed"
  /** It is over already. */
  | "over";

/** A block that begins later than this from now was put before somebody set the clock back: it gives way to one of the new time. */
const CLOCK_TOLERANCE_MS = 60_000;

const putScript = `
local key, since, ends, now, source = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
for index = 16, #ARGV do if redis.call('HEXISTS', KEYS[8], ARGV[index]) == 1 then return 'allowed' end end
local lifted = redis.call('ZSCORE', KEYS[4], key)
if lifted and tonumber(lifted) >= since then return 'lifted' end
local strikes = tonumber(redis.call('HGET', KEYS[5], source) or '0')
if tonumber(ARGV[6]) > strikes then redis.call('HSET', KEYS[5], source, ARGV[6]) end
redis.call('ZADD', KEYS[6], 'GT', since, source)
if redis.call('ZCARD', KEYS[6]) > tonumber(ARGV[7]) then
  redis.call('HDEL', KEYS[5], redis.call('ZPOPMIN', KEYS[6])[1])
end
if ends <= now then return 'over' end
local old = redis.call('ZSCORE', KEYS[2], key)
if old and tonumber(old) > ends then
  local text = redis.call('HGET', KEYS[1], key)
  if not text or cjson.decode(text).sinceMs <= now + tonumber(ARGV[13]) then return 'outlasted' end
end
redis.call('HSET', KEYS[1], key, ARGV[8])
redis.call('ZADD', KEYS[2], ARGV[3], key)
if ARGV[9] ~= '' and redis.call('HLEN', KEYS[3]) < tonumber(ARGV[10]) then redis.call('HSET', KEYS[3], key, ARGV[9]) end
if redis.call('ZCARD', KEYS[2]) > tonumber(ARGV[11]) then
  local first = redis.call('ZPOPMIN', KEYS[2])[1]
  redis.call('HDEL', KEYS[1], first)
  redis.call('HDEL', KEYS[3], first)
end
redis.call('XADD', KEYS[7], 'MAXLEN', '~', ARGV[12], '*', 'change', ARGV[14], 'by', ARGV[15])
return 'put'`;

/**
 * Puts blocks, each in one step of its own, all sent at once. Evidence is kept beside the block, not told to the hosts.
 * Putting the same block twice changes nothing. Answers in the order given.
 */
export async function putBlocks(
  redis: Redis,
  blocks: readonly Block[],
  author: { readonly by: string; readonly nowMs: number },
): Promise<BlockOutcome[]> {
  const pipeline = redis.pipeline();
  for (const given of blocks) {
    const { evidence, ...rest } = blockSchema.parse(given);
    const block: Block = { ...rest, evidence: [] };
    const change: Change = { kind: "block-put", block };
    pipeline.eval(
      putScript,
      8,
      redisKeys.blocks,
      redisKeys.blocksByEnd,
      redisKeys.blockEvidence,
      redisKeys.liftedBlocks,
      redisKeys.strikes,
      redisKeys.strikesByTime,
      redisKeys.changes,
      redisKeys.list("allow"),
      blockKey(block),
      block.sinceMs,
      block.untilMs,
      author.nowMs,
      block.source,
      block.strikes,
      MAX_STRIKES,
      JSON.stringify(block),
      evidence.length === 0 ? "" : JSON.stringify(evidence),
      MAX_BLOCKS_WITH_EVIDENCE,
      MAX_BLOCKS,
      MAX_CHANGES,
      CLOCK_TOLERANCE_MS,
      JSON.stringify(change),
      author.by,
      ...widerNetworks(block.source),
    );
  }
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, outcome]) => {
    if (error !== null) throw error;
    return outcome as BlockOutcome;
  });
}

/**
 * The commands and changes that lift blocks by key: for one step together with what is the reason for it.
 * A source that is lifted as a whole is forgiven its strikes.
 */
export function liftedCommands(
  keys: readonly string[],
  nowMs: number,
): { readonly commands: readonly (readonly string[])[]; readonly changes: readonly Change[] } {
  const commands: string[][] = [];
  const changes: Change[] = [];
  for (const key of keys) {
    const space = key.indexOf(" ");
    const source = space < 0 ? key : key.slice(0, space);
    changes.push({ kind: "block-lift", source, ...(space < 0 ? {} : { account: key.slice(space + 1) }) });
    commands.push(
      ["HDEL", redisKeys.blocks, key],
      ["ZREM", redisKeys.blocksByEnd, key],
      ["HDEL", redisKeys.blockEvidence, key],
      ["ZADD", redisKeys.liftedBlocks, String(nowMs), key],
    );
    if (space >= 0) continue;
    commands.push(["HDEL", redisKeys.strikes, source], ["ZREM", redisKeys.strikesByTime, source]);
  }
  return { commands, changes };
}

/** Lifts blocks by key, everywhere. The keys need not be there: every host lifts what it has. */
export async function liftBlocks(
  redis: Redis,
  keys: readonly string[],
  author: { readonly by: string; readonly nowMs: number },
): Promise<void> {
  for (let start = 0; start < keys.length; start += 200) {
    await commit(redis, { ...liftedCommands(keys.slice(start, start + 200), author.nowMs), by: author.by });
  }
}

/**
 * Lifts everything that blocks this address (canonical): the block of its source and those of single accounts there.
 * Returns what was lifted. The source's own lift is told to every host even when Redis knows no block of it.
 */
export async function unblock(
  redis: Redis,
  address: string,
  author: { readonly by: string; readonly nowMs: number },
): Promise<Block[]> {
  const found = await findBlocks(redis, address);
  await liftBlocks(redis, [...new Set([sourceOf(address), ...found.map(blockKey)])], author);
  return found;
}

/** The blocks that concern this address or network (canonical), with their evidence. */
export async function findBlocks(redis: Redis, canonical: string): Promise<Block[]> {
  const source = canonical.includes("/") ? canonical : sourceOf(canonical);
  const pairs: Array<[string, string | null]> = [[source, await redis.hget(redisKeys.blocks, source)]];
  for await (const portion of scanHash(redis, redisKeys.blocks, `${source} *`)) pairs.push(...portion);
  const found: Block[] = [];
  for (const [key, text] of pairs) {
    const block = readStoredJson(blockSchema, text);
    if (block !== undefined) found.push({ ...block, evidence: await readEvidence(redis, key) });
  }
  return found;
}

/** The blocks of these keys that are there, with their evidence, in the order of the keys. */
export async function readBlocksByKey(redis: Redis, keys: readonly string[]): Promise<Block[]> {
  if (keys.length === 0) return [];
  const texts = await redis.hmget(redisKeys.blocks, ...keys);
  const evidence = await redis.hmget(redisKeys.blockEvidence, ...keys);
  return texts.flatMap((text, index) => {
    const block = readStoredJson(blockSchema, text);
    return block === undefined ? [] : [{ ...block, evidence: parseEvidence(evidence[index] ?? null) }];
  });
}

/** The messages that led to the block of this key. */
export async function readEvidence(redis: Redis, key: string): Promise<Evidence[]> {
  return parseEvidence(await redis.hget(redisKeys.blockEvidence, key));
}

function parseEvidence(text: string | null): Evidence[] {
  return readStoredJson(evidenceSchema.array(), text) ?? [];
}

/** All blocks in portions, without evidence, in no order. Some may be over: look at `untilMs`. */
export async function* readBlocks(redis: Redis): AsyncGenerator<Block[]> {
  for await (const portion of scanHash(redis, redisKeys.blocks)) {
    const blocks = portion.map(([, text]) => readStoredJson(blockSchema, text)).filter((block) => block !== undefined);
    if (blocks.length > 0) yield blocks;
  }
}

/** The keys of all blocks, in no order. */
export async function* readBlockKeys(redis: Redis): AsyncGenerator<string> {
  for await (const portion of scanHash(redis, redisKeys.blocks)) for (const [key] of portion) yield key;
}

/** Number of blocks in force at a time. */
export async function countBlocks(redis: Redis, nowMs: number): Promise<number> {
  return redis.zcount(redisKeys.blocksByEnd, `(${nowMs}`, "+inf");
}

/** How often each source was blocked, in portions. */
export async function* readStrikes(redis: Redis): AsyncGenerator<Array<[string, number]>> {
  for await (const portion of scanHash(redis, redisKeys.strikes)) {
    yield portion.map(([source, text]) => [source, Number(text)]);
  }
}

const sweepScript = `
local over = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1000)
for _, key in ipairs(over) do
  redis.call('ZREM', KEYS[1], key)
  redis.call('HDEL', KEYS[2], key)
  redis.call('HDEL', KEYS[3], key)
end
local old = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ARGV[2], 'LIMIT', 0, 1000)
for _, source in ipairs(old) do
  redis.call('ZREM', KEYS[4], source)
  redis.call('HDEL', KEYS[5], source)
end
redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', ARGV[3])
return #over`;

/** Takes out what is over: blocks, strikes of long ago, old lifts. At most 1000 of each a call; any host may do it. */
export async function sweepBlocks(redis: Redis, nowMs: number): Promise<number> {
  const swept = await redis.eval(
    sweepScript,
    6,
    redisKeys.blocksByEnd,
    redisKeys.blocks,
    redisKeys.blockEvidence,
    redisKeys.strikesByTime,
    redisKeys.strikes,
    redisKeys.liftedBlocks,
    nowMs,
    nowMs - STRIKES_SECONDS * 1000,
    nowMs - LIFTED_SECONDS * 1000,
  );
  return Number(swept);
}
