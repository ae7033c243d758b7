/** Changes one entry of a list where it stands: its note, or how long it counts. */
import type { Redis } from "ioredis";
import { SipprotError } from "../errors.ts";
import type { ListEntry, ListName } from "../lists.ts";
import { redisKeys } from "../redis-keys.ts";
import { commitDecided } from "./change-stream.ts";
import { type Author, readListEntry } from "./list-store.ts";

/** What is to be different; what is not named stays. `null` means "until removed". */
export interface EntryEdit {
  readonly note?: string | undefined;
  readonly expiresAtSeconds?: number | null | undefined;
  /** The entry as whoever edits it saw it: when it is another by now, nothing is written. */
  readonly seen?: { readonly note: string; readonly expiresAtSeconds: number | null } | undefined;
}

/**
 * Edits the entry of exactly this network in one step; who added it and when stays. Returns it before and after.
 *
 * Throws `not-found` when it is not on the list, also when somebody removed it a moment ago; `changed-meanwhile` when
 * it is not as it was seen.
 */
export async function editListEntry(
  redis: Redis,
  list: ListName,
  network: string,
  edit: EntryEdit,
  author: Author,
): Promise<{ readonly before: ListEntry; readonly after: ListEntry }> {
  const { outcome } = await commitDecided(redis, async () => {
    const before = await readListEntry(redis, list, network);
    if (before === undefined) throw notFound(list, network);
    if (!isAsSeen(before, edit.seen)) throw changedMeanwhile(list, network);
    const after = applyEdit(before, edit);
    return {
      work: {
        commands: [["HSET", redisKeys.list(list), network, JSON.stringify(after)]],
        changes: [{ kind: "list-put" as const, list, entries: [after] }],
        by: author.by,
      },
      outcome: { before, after },
    };
  });
  return outcome;
}

function applyEdit(before: ListEntry, { note, expiresAtSeconds }: EntryEdit): ListEntry {
  const { expiresAtSeconds: kept, ...rest } = before;
  const until = expiresAtSeconds === undefined ? kept : (expiresAtSeconds ?? undefined);
  return {
    ...rest,
    ...(note === undefined ? {} : { note }),
    ...(until === undefined ? {} : { expiresAtSeconds: until }),
  };
}

function isAsSeen({ note, expiresAtSeconds }: ListEntry, seen: EntryEdit["seen"]): boolean {
  return seen === undefined || (seen.note === note && seen.expiresAtSeconds === (expiresAtSeconds ?? null));
}

function changedMeanwhile(list: ListName, network: string): SipprotError {
  return new SipprotError("changed-meanwhile", `somebody changed ${network} on the ${list}list meanwhile`, {
    field: "network",
    value: network,
    expected: "the entry as it was shown",
    remedy: "look at it as it is now, and change it again",
  });
}

function notFound(list: ListName, network: string): SipprotError {
  return new SipprotError("not-found", `${network} is not on the ${list}list`, {
    field: "network",
    value: network,
    expected: `a network that has an entry of its own on the ${list}list`,
  });
}
