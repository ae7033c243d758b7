/** Entries that were taken off a list, kept for some minutes beside it, so that a removal can be taken back. */
import type { ListName } from "../lists.ts";
import { REMOVED_SECONDS, redisKeys } from "../redis-keys.ts";

/** The commands that keep entries under the name of a removal; `texts` are networks with what the list has of them. */
export function keepCommands(
  list: ListName,
  undo: string,
  texts: ReadonlyArray<readonly [network: string, text: string]>,
): string[][] {
  if (texts.length === 0) return [];
  const key = redisKeys.removedEntries(list, undo);
  return [
    ["HSET", key, ...texts.flat()],
    ["EXPIRE", key, String(REMOVED_SECONDS)],
  ];
}

/** The commands that take a whole list away and keep it under the name of a removal. The list must not be empty. */
export function keepWholeCommands(list: ListName, undo: string): string[][] {
  const key = redisKeys.removedEntries(list, undo);
  return [
    ["RENAME", redisKeys.list(list), key],
    ["EXPIRE", key, String(REMOVED_SECONDS)],
  ];
}
