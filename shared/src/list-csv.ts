/** Lists as CSV: the columns, the template, a record as an entry and an entry as a record. */
import { parseNetwork } from "./address.ts";
import { type CsvFlaw, type CsvRecord, formatCsvRecord, rearmFormulas } from "./csv.ts";
import { SipprotError } from "./errors.ts";
import { type ListEntry, MAX_NOTE_CHARACTERS } from "./lists.ts";

/** The columns of an export. `EXPIRES` is there only when an entry of the list ends by itself. */
export const listColumns = ["IP_ADDRESS", "NOTE", "TIME", "ADDED_BY"] as const;
const EXPIRES = "EXPIRES";

/** Names the first column goes by elsewhere. */
const addressColumns = ["IP_ADDRESS", "IP", "ADDRESS", "NETWORK"];

/** Why a line of a file was not taken. */
export const lineFlaws = [
  "record-too-long",
  "too-many-cells",
  "stray-quote",
  "quote-not-closed",
  "bad-network",
  "note-too-long",
  "bad-time",
  "name-too-long",
  "expired",
  "guarded-network",
  "list-full",
  "not-on-the-list",
] as const;
export type LineFlaw = (typeof lineFlaws)[number];

/** One line that was not taken. `text` is its first cell, cut; it comes from a file and must be escaped where shown. */
export interface BadLine {
  readonly line: number;
  readonly flaw: LineFlaw;
  readonly text: string;
  /** One English sentence with what was expected. */
  readonly detail: string;
}

/** One entry as a file gives it: what is not there is filled in by whoever imports it. */
export interface ListRow {
  readonly line: number;
  readonly network: string;
  readonly note: string;
  readonly addedAtSeconds?: number;
  readonly addedBy?: string;
  readonly expiresAtSeconds?: number;
}

const csvFlaws: Readonly<Record<CsvFlaw, string>> = {
  "record-too-long": "the line is longer than 16384 bytes",
  "too-many-cells": "the line has more than 64 columns",
  "stray-quote": 'a quote is inside a cell; write "" for it, and quotes around the cell',
  "quote-not-closed": "a quote is opened here and not closed",
};

/** Where each column is; undefined where the file has none. */
interface Columns {
  readonly network: number;
  readonly note: number | undefined;
  readonly time: number | undefined;
  readonly addedBy: number | undefined;
  readonly expires: number | undefined;
}

const withoutHeader: Columns = { network: 0, note: 1, time: 2, addedBy: 3, expires: 4 };

/** Turns records into rows. The first record may be a header: then the columns are where it says, and others are ignored. */
export class ListCsvReader {
  #columns: Columns | undefined;

  /** Undefined for the header. */
  read(record: CsvRecord): ListRow | BadLine | undefined {
    const { line } = record;
    if ("flaw" in record) return { line, flaw: record.flaw, text: "", detail: csvFlaws[record.flaw] };
    if (this.#columns === undefined) {
      this.#columns = findColumns(record.cells);
      if (this.#columns !== undefined) return undefined;
      this.#columns = withoutHeader;
    }
    return readRow(line, record.cells, this.#columns);
  }
}

function findColumns(cells: readonly string[]): Columns | undefined {
  const names = cells.map((cell) => cell.trim().toUpperCase().replaceAll(/[ -]/g, "_"));
  const find = (...wanted: readonly string[]) => {
    const index = names.findIndex((name) => wanted.includes(name));
    return index < 0 ? undefined : index;
  };
  const network = find(...addressColumns);
  if (network === undefined) return undefined;
  return { network, note: find("NOTE"), time: find("TIME"), addedBy: find("ADDED_BY"), expires: find(EXPIRES) };
}

function readRow(line: number, cells: readonly string[], columns: Columns): ListRow | BadLine {
  const cell = (index: number | undefined) => (index === undefined ? "" : rearmFormulas(cells[index] ?? ""));
  const text = cell(columns.network).trim();
  const bad = (flaw: LineFlaw, detail: string): BadLine => ({ line, flaw, text: text.slice(0, 80), detail });
  const network = readNetwork(text);
  if (typeof network !== "string") return bad("bad-network", network.detail);
  const note = cell(columns.note);
  if (note.length > MAX_NOTE_CHARACTERS)
    return bad("note-too-long", `a note has at most ${MAX_NOTE_CHARACTERS} characters`);
  const addedBy = cell(columns.addedBy);
  if (addedBy.length > 200) return bad("name-too-long", "ADDED_BY has at most 200 characters");
  const addedAtSeconds = readTime(cell(columns.time));
  const expiresAtSeconds = readTime(cell(columns.expires));
  if (addedAtSeconds === "bad" || expiresAtSeconds === "bad") {
    return bad(
      "bad-time",
      "a time is in seconds since 1970, such as 1750000000, or like 2026-01-31T12:00:00Z or 2026-01-31 12:00:00 (UTC)",
    );
  }
  return {
    line,
    network,
    note,
    ...(addedAtSeconds === undefined ? {} : { addedAtSeconds }),
    ...(addedBy === "" ? {} : { addedBy }),
    ...(expiresAtSeconds === undefined || expiresAtSeconds === 0 ? {} : { expiresAtSeconds }),
  };
}

function readNetwork(text: string): string | { readonly detail: string } {
  try {
    return parseNetwork(text);
  } catch (error) {
    if (!(error instanceof SipprotError)) throw error;
    return { detail: error.facts.remedy ?? `expected ${error.facts.expected}` };
  }
}

/** Epoch seconds, or a date and time; without its zone, as the exports of sipPROT 5 have it, that of UTC. */
function readTime(text: string): number | undefined | "bad" {
  if (text === "") return undefined;
  if (/^\d{1,11}$/.test(text)) return Number(text);
  const [, date, time, zone = "Z"] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (date === undefined) return "bad";
  const atMs = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(atMs) || atMs < 0 ? "bad" : Math.floor(atMs / 1000);
}

/** The first line of an export. */
export function formatListHeader(withExpiry: boolean): string {
  return formatCsvRecord(withExpiry ? [...listColumns, EXPIRES] : listColumns);
}

/** An entry as a line of an export. */
export function formatListEntry(entry: ListEntry, withExpiry: boolean): string {
  const cells = [entry.network, entry.note, String(entry.addedAtSeconds), entry.addedBy];
  return formatCsvRecord(withExpiry ? [...cells, entry.expiresAtSeconds?.toString() ?? ""] : cells);
}

/** A file to begin with: comments say what each column is. */
export const listTemplate = [
  "# One address or network a line. TIME (seconds since 1970) and ADDED_BY may be left empty.\r\n",
  "# Lines that begin with # are comments. The addresses below are examples: replace them.\r\n",
  formatListHeader(false),
  formatCsvRecord(["192.0.2.7", "an address", "", ""]),
  formatCsvRecord(["198.51.100.0/24", "a network, with a note", "", ""]),
  formatCsvRecord(["2001:db8::/32", "an IPv6 network", "", ""]),
].join("");
