/**
 * The stream of changes: written in one step with what it tells of, read by every proxy.
 *
 * Rule: whoever changes lists, blocks or settings does it through `commit` (or a script that writes the stream itself),
 * so that no change exists that the stream does not tell.
 */
import type { Redis } from "ioredis";
import type { Change } from "../change.ts";
import { MAX_CHANGES, redisKeys } from "../redis-keys.ts";

/** Id before the first change. */
export const BEFORE_ALL_CHANGES = "0-0";

/** What is to be written together. */
export interface Commit {
  /** Version the change was decided on; the commit is refused when another came between. Without, it always goes through. */
  readonly onVersion?: string;
  /** Redis commands in order, each a name, a key and arguments. */
  readonly commands: readonly (readonly string[])[];
  readonly changes: readonly Change[];
  /** Who made it, for the audit trail. */
  readonly by: string;
}

export interface Committed {
  /** Id of the last change written, or undefined when there was none. */
  readonly lastId: string | undefined;
  /** What each command answered. */
  readonly replies: readonly unknown[];
}

/** How often a change is decided anew when another came between, before that is an error. */
const MAX_ATTEMPTS = 20;

/** ARGV: version, author, bound of the stream, number of commands, each as its length and its words, and the changes. */
const commitScript = `
local version = redis.call('GET', KEYS[1]) or '0'
if ARGV[1] ~= '' and ARGV[1] ~= version then return false end
local replies = {}
local at = 5
for index = 1, tonumber(ARGV[4]) do
  local last = at + tonumber(ARGV[at])
  replies[index] = redis.call(unpack(ARGV, at + 1, last))
  at = last + 1
end
if ARGV[1] ~= '' then redis.call('INCR', KEYS[1]) end
local id = ''
for index = at, #ARGV do
  id = redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', 'change', ARGV[index], 'by', ARGV[2])
end
return {id, replies}`;

/** Writes commands and changes in one step. Undefined when another change came between (`onVersion`). */
export async function commit(redis: Redis, work: Commit): Promise<Committed | undefined> {
  const keys = new Set<string>([redisKeys.version, redisKeys.changes]);
  for (const command of work.commands) if (command[1] !== undefined) keys.add(command[1]);
  const reply = (await redis.eval(
    commitScript,
    keys.size,
    ...keys,
    work.onVersion ?? "",
    work.by,
    String(MAX_CHANGES),
    String(work.commands.length),
    ...work.commands.flatMap((command) => [String(command.length), ...command]),
    ...work.changes.map((change) => JSON.stringify(change)),
  )) as [string, unknown[]] | null;
  if (reply === null) return undefined;
  return { lastId: reply[0] === "" ? undefined : reply[0], replies: reply[1] };
}

/** Decides and commits until no other change comes between. `decide` reads what it needs and returns what to write on that version. */
export async function commitDecided<Outcome>(
  redis: Redis,
  decide: (onVersion: string) => Promise<{ readonly work: Omit<Commit, "onVersion">; readonly outcome: Outcome }>,
): Promise<{ readonly committed: Committed; readonly outcome: Outcome }> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const onVersion = (await redis.get(redisKeys.version)) ?? "0";
    const { work, outcome } = await decide(onVersion);
    const committed = await commit(redis, { ...work, onVersion });
    if (committed !== undefined) return { committed, outcome };
  }
  throw new Error(`lists and settings changed ${MAX_ATTEMPTS} times while one change was being made; try again`);
}

/** One entry of the stream as read: the change is not validated yet. */
export interface ChangeRecord {
  readonly id: string;
  readonly change: string;
  readonly by: string;
}

/**
 * Reads the changes after an id, in order; waits up to `blockMs` when there is none yet. The connection is busy while
 * it waits, so give this an own one.
 */
export async function readChanges(
  redis: Redis,
  afterId: string,
  maxCount: number,
  blockMs: number,
): Promise<ChangeRecord[]> {
  const reply = await redis.xread("COUNT", maxCount, "BLOCK", blockMs, "STREAMS", redisKeys.changes, afterId);
  return (reply?.[0]?.[1] ?? []).map(([id, fields]) => ({
    id,
    change: field(fields, "change"),
    by: field(fields, "by"),
  }));
}

/** Id of the newest change, or BEFORE_ALL_CHANGES. */
export async function readLastChangeId(redis: Redis): Promise<string> {
  const newest = await redis.xrevrange(redisKeys.changes, "+", "-", "COUNT", 1);
  return newest[0]?.[0] ?? BEFORE_ALL_CHANGES;
}

/**
 * True when the change of that id is still in the stream, which means that all after it are, and that the server has
 * not lost what we know. Of BEFORE_ALL_CHANGES that is never known.
 */
export async function hasChange(redis: Redis, id: string): Promise<boolean> {
  if (id === BEFORE_ALL_CHANGES) return false;
  return (await redis.xrange(redisKeys.changes, id, id)).length === 1;
}

function field(fields: readonly string[], name: string): string {
  const index = fields.indexOf(name);
  return index < 0 ? "" : (fields[index + 1] ?? "");
}
