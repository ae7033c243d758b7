/** What the audit trail is told of a change: as much as a record of it has room for. */
import type { Block } from "@sipprot/shared/block";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { readListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";

/** Records are cut at a length that some twenty fill. */
const MAX_TOLD = 50;

/** The entries these canonical networks have of their own. */
export async function tellEntries(redis: Redis, list: ListName, networks: readonly string[]): Promise<ListEntry[]> {
  const entries = await readListEntries(redis, list, networks.slice(0, MAX_TOLD));
  return entries.filter((entry) => entry !== undefined);
}

/** The blocks of these keys, without their messages. */
export function tellBlocks(blocks: ReadonlyMap<string, Block>, keys: Iterable<string>): Omit<Block, "evidence">[] {
  const told: Omit<Block, "evidence">[] = [];
  for (const key of keys) {
    if (told.length === MAX_TOLD) break;
    const block = blocks.get(key);
    if (block === undefined) continue;
    const { evidence: _, ...rest } = block;
    told.push(rest);
  }
  return told;
}
