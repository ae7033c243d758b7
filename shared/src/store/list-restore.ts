/** Puts entries back that were just removed. */
import type { Redis } from "ioredis";
import type { ListEntry, ListName } from "../lists.ts";
import { redisKeys } from "../redis-keys.ts";
import type { GuardedNetwork } from "./deny-guard.ts";
import { scanHash } from "./hash-scan.ts";
import { parseEntry } from "./list-entry-text.ts";
import type { Author } from "./list-store.ts";
import { ListWriter, WRITE_STEP } from "./list-writer.ts";

/** Putting a million entries back takes less. */
const RESTORING_SECONDS = 600;

export interface Restored {
  readonly restored: number;
  /** Networks that somebody put on the list since: theirs stay. */
  readonly present: number;
  /** Networks that the guards do not let back. */
  readonly refused: number;
}

/** Puts the entries of a removal back as they were. Undefined when its time is over, or it was taken back already. */
export async function restoreRemoved(
  redis: Redis,
  list: ListName,
  undo: string,
  author: Author,
  guarded: readonly GuardedNetwork[],
): Promise<Restored | undefined> {
  const key = redisKeys.removedEntries(list, undo);
  if ((await redis.expire(key, RESTORING_SECONDS)) === 0) return undefined;
  const writer = await ListWriter.open(redis, list, author, guarded, { onlyNew: true });
  const sum = { restored: 0, present: 0, refused: 0 };
  for await (const portion of scanHash(redis, key)) {
    const entries = portion.flatMap(([, text]) => parseEntry(text) ?? []).filter((entry) => counts(entry, author));
    for (let start = 0; start < entries.length; start += WRITE_STEP) {
      const { added, present, refused } = await writer.write(entries.slice(start, start + WRITE_STEP));
      sum.restored += added;
      sum.present += present;
      sum.refused += refused.length;
    }
  }
  await writer.finish();
  await redis.unlink(key);
  return sum;
}

function counts({ expiresAtSeconds }: ListEntry, { nowMs }: Author): boolean {
  return expiresAtSeconds === undefined || expiresAtSeconds * 1000 > nowMs;
}
