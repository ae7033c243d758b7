/** The automatic denial: a source that was blocked too often goes on the denylist for good, in one step with its block. */
import type { Redis } from "ioredis";
import { type Block, blockKey } from "../block.ts";
import type { Change } from "../change.ts";
import { type ListEntry, MAX_NOTE_CHARACTERS } from "../lists.ts";
import { widerNetworks } from "../network-lookup.ts";
import { explainReason } from "../reason.ts";
import { MAX_CHANGES, MAX_LIST_ENTRIES, redisKeys } from "../redis-keys.ts";
import { DenyGuard, type GuardedNetwork } from "./deny-guard.ts";
import { readHosts } from "./host-store.ts";

/** What became of an automatic denial. */
export type DenialOutcome = "denied" | "denied-already" | "allowed" | "lifted" | "guarded" | "unproven" | "list-full";

const denyScript = `
for index = 10, #ARGV do if redis.call('HEXISTS', KEYS[2], ARGV[index]) == 1 then return 'allowed' end end
for index = 10, #ARGV do if redis.call('HEXISTS', KEYS[1], ARGV[index]) == 1 then return 'denied-already' end end
local lifted = redis.call('ZSCORE', KEYS[3], ARGV[1])
if lifted and tonumber(lifted) >= tonumber(ARGV[3]) then return 'lifted' end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 'list-full' end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[5])
redis.call('HDEL', KEYS[4], ARGV[1])
redis.call('ZREM', KEYS[5], ARGV[1])
redis.call('HDEL', KEYS[6], ARGV[1])
redis.call('HDEL', KEYS[7], ARGV[2])
redis.call('ZREM', KEYS[8], ARGV[2])
redis.call('INCR', KEYS[9])
redis.call('XADD', KEYS[10], 'MAXLEN', '~', ARGV[6], '*', 'change', ARGV[7], 'by', ARGV[9])
redis.call('XADD', KEYS[10], 'MAXLEN', '~', ARGV[6], '*', 'change', ARGV[8], 'by', ARGV[9])
return 'denied'`;

/**
 * Puts the source of a block on the denylist and ends the block. The guards hold, the allowlist wins, a block that was
 * lifted by hand is not held against the source, and only a proven source can be denied. Doing it twice is harmless.
 */
export async function denySource(
  redis: Redis,
  block: Block,
  author: { readonly by: string; readonly nowMs: number },
  guarded: readonly GuardedNetwork[],
): Promise<DenialOutcome> {
  if (!block.proven) return "unproven";
  if (new DenyGuard(guarded, await readHosts(redis)).explain(block.source) !== undefined) return "guarded";
  const entry: ListEntry = {
    network: block.source,
    note: `blocked ${block.strikes} times, last: ${explainReason(block.reason)}`.slice(0, MAX_NOTE_CHARACTERS),
    addedAtSeconds: Math.floor(author.nowMs / 1000),
    addedBy: author.by,
  };
  const put: Change = { kind: "list-put", list: "deny", entries: [entry] };
  const lift: Change = { kind: "block-lift", source: block.source, account: block.account };
  const outcome = await redis.eval(
    denyScript,
    10,
    redisKeys.list("deny"),
    redisKeys.list("allow"),
    redisKeys.liftedBlocks,
    redisKeys.blocks,
    redisKeys.blocksByEnd,
    redisKeys.blockEvidence,
    redisKeys.strikes,
    redisKeys.strikesByTime,
    redisKeys.version,
    redisKeys.changes,
    blockKey(block),
    block.source,
    block.sinceMs,
    MAX_LIST_ENTRIES,
    JSON.stringify(entry),
    MAX_CHANGES,
    JSON.stringify(put),
    JSON.stringify(lift),
    author.by,
    ...widerNetworks(block.source),
  );
  return outcome as DenialOutcome;
}
