/** Takes a whole list away in one step. */
import type { Redis } from "ioredis";
import { SipprotError } from "../errors.ts";
import type { ListName } from "../lists.ts";
import { redisKeys } from "../redis-keys.ts";
import { commit } from "./change-stream.ts";
import type { Author } from "./list-store.ts";
import { keepWholeCommands } from "./removed-entries.ts";

/** How often it is tried anew when others change the lists meanwhile. */
const MAX_ATTEMPTS = 50;

/**
 * Removes every entry of a list in one step, if it still has exactly so many. Returns false when it does not. With `undo`
 * the entries are kept under that name, for `restoreRemoved`.
 */
export async function removeAllEntries(
  redis: Redis,
  list: ListName,
  expectedCount: number,
  author: Author,
  undo?: string,
): Promise<boolean> {
  const key = redisKeys.list(list);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const version = (await redis.get(redisKeys.version)) ?? "0";
    if ((await redis.hlen(key)) !== expectedCount) return false;
    const committed = await commit(redis, {
      onVersion: version,
      commands: undo === undefined || expectedCount === 0 ? [["UNLINK", key]] : keepWholeCommands(list, undo),
      changes: [{ kind: "list-reload", list }],
      by: author.by,
    });
    if (committed !== undefined) return true;
  }
  throw new SipprotError("store-unreachable", "the lists are being changed by others all the time; try again");
}
