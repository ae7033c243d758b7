/** A list as CSV, streamed in the order of its addresses: the same list gives the same bytes. */
import { formatListEntry, formatListHeader } from "@sipprot/shared/list-csv";
import type { ExportPlace } from "@sipprot/shared/list-desk";
import type { ListName } from "@sipprot/shared/lists";
import { orderKey } from "@sipprot/shared/network-order";
import { readList } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import type { StoreMirror } from "./store-mirror.ts";

/** Entries in one piece of text. */
const PORTION = 10_000;

/** Reads the list from the store and yields its text in pieces; for a program that has no copy of the store. */
export async function* exportList(redis: Redis, list: ListName): AsyncGenerator<string> {
  const lines = new Map<string, { readonly key: string; readonly line: string; readonly lineWithExpiry: string }>();
  let hasExpiry = false;
  for await (const portion of readList(redis, list)) {
    for (const entry of portion) {
      hasExpiry ||= entry.expiresAtSeconds !== undefined;
      lines.set(entry.network, {
        key: orderKey(entry.network),
        line: formatListEntry(entry, false),
        lineWithExpiry: entry.expiresAtSeconds === undefined ? "" : formatListEntry(entry, true),
      });
    }
  }
  const sorted = [...lines.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  yield formatListHeader(hasExpiry);
  for (let start = 0; start < sorted.length; start += PORTION) {
    yield sorted
      .slice(start, start + PORTION)
      .map(({ line, lineWithExpiry }) => {
        if (!hasExpiry) return line;
        return lineWithExpiry === "" ? line.replace(/\r\n$/, ",\r\n") : lineWithExpiry;
      })
      .join("");
  }
}

/** One portion of an export from the copy in memory, and where the next one begins. */
export function exportPortion(
  mirror: StoreMirror,
  list: ListName,
  place: ExportPlace | undefined,
): { readonly csv: string; readonly next: ExportPlace | undefined } {
  const index = mirror.indexes[list];
  const withExpiry = place?.withExpiry ?? index.hasExpiry;
  const entries = index.after(place?.after, PORTION);
  const last = entries.at(-1);
  const text = entries.map((entry) => formatListEntry(entry, withExpiry)).join("");
  return {
    csv: place === undefined ? formatListHeader(withExpiry) + text : text,
    next: last === undefined || entries.length < PORTION ? undefined : { after: last.network, withExpiry },
  };
}
