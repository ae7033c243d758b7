/** The text of one list entry in Redis, read with care and fast: half a million of them are read at a start. */
import { type ListEntry, listEntrySchema, MAX_NOTE_CHARACTERS } from "../lists.ts";

/** IPv4 addresses in their canonical text; everything else goes the long way. */
const plainAddress = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const leadingZero = /(?:^|\.)0\d/;
const MAX_SECONDS = Number.MAX_SAFE_INTEGER;

/** The entry, or undefined when the text is none of this version. */
export function parseEntry(text: string | null): ListEntry | undefined {
  if (text === null) return undefined;
  try {
    return acceptEntry(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What was parsed, as an entry; undefined when it is none of this version. */
export function acceptEntry(raw: unknown): ListEntry | undefined {
  return isPlainEntry(raw) ? raw : listEntrySchema.safeParse(raw).data;
}

/** What the schema would accept as it is, for the entries that nearly all are: an IPv4 address that does not expire. */
function isPlainEntry(raw: unknown): raw is ListEntry {
  if (typeof raw !== "object" || raw === null || Object.keys(raw).length !== 4) return false;
  if (!("network" in raw && "note" in raw && "addedAtSeconds" in raw && "addedBy" in raw)) return false;
  const { network, note, addedAtSeconds, addedBy } = raw;
  return (
    typeof network === "string" &&
    plainAddress.test(network) &&
    !leadingZero.test(network) &&
    typeof note === "string" &&
    note.length <= MAX_NOTE_CHARACTERS &&
    typeof addedBy === "string" &&
    addedBy.length <= 200 &&
    typeof addedAtSeconds === "number" &&
    Number.isInteger(addedAtSeconds) &&
    addedAtSeconds >= 0 &&
    addedAtSeconds <= MAX_SECONDS
  );
}
