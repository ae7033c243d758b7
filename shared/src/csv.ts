/**
 * Comma-separated values (RFC 4180) as spreadsheets of any country write them, read line by line from bytes as they come.
 *
 * Hostile input is expected: lines, cells and memory are bounded, and one broken record never takes its neighbours along.
 */
import { isUtf8 } from "node:buffer";

/** Longest record in bytes: a note of 500 characters, each of four bytes and quoted, and names, with room to spare. */
export const MAX_CSV_RECORD_BYTES = 16_384;
/** Most cells of a record; spreadsheets append empty columns. */
export const MAX_CSV_CELLS = 64;
/** Most lines of one record: a note of nothing but line ends. */
const MAX_RECORD_LINES = 512;

/** Why a record could not be read. */
export type CsvFlaw = "record-too-long" | "too-many-cells" | "stray-quote" | "quote-not-closed";

/** One record: its cells, or why it has none. `line` is the number of its first line, from 1. */
export type CsvRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly flaw: CsvFlaw };

/** A line that waits to be read: text, and whether an odd number of quotes is in it. */
interface Line {
  readonly number: number;
  /** Undefined when the line was too long and thrown away. */
  readonly text: string | undefined;
}

const separators = [",", ";", "\t"] as const;
/** What Windows-1252 has at 0x80 to 0x9F. Spelt out: the TextDecoder of Node 20 takes it for Latin-1. */
const windows1252 =
  "\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F" +
  "\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178";

/**
 * Reads records from bytes in pieces of any size. The separator (`,` `;` or tab) is the first one met outside quotes, or
 * named by a first line `sep=;`. UTF-8, or Windows-1252 for lines that are not; a byte order mark, blank lines, rows of
 * empty cells and comments (`#`) are left out; CR LF and LF end lines. Cells without quotes are trimmed.
 */
export class CsvReader {
  #rest: Uint8Array[] = [];
  #restBytes = 0;
  /** True while what comes belongs to a line that is too long. */
  #isSkipping = false;
  #lineNumber = 0;
  #separator: string | undefined;
  /** The lines of a record whose quote is still open. */
  #open: Line[] = [];
  #openCharacters = 0;

  /** The records that are complete with these bytes. */
  push(bytes: Uint8Array): CsvRecord[] {
    const records: CsvRecord[] = [];
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(10, start);
      if (end < 0) break;
      this.#takeLine(bytes.subarray(start, end), records);
      start = end + 1;
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
    return records;
  }

  /** The records that only the end of the file completes. */
  end(): CsvRecord[] {
    const records: CsvRecord[] = [];
    if (this.#restBytes > 0 || this.#isSkipping) this.#takeLine(new Uint8Array(0), records);
    while (this.#open.length > 0) this.#giveUpOpen("quote-not-closed", records);
    return records;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#isSkipping) return;
    this.#restBytes += bytes.length;
    if (this.#restBytes > MAX_CSV_RECORD_BYTES) {
      this.#isSkipping = true;
      this.#rest = [];
      this.#restBytes = 0;
      return;
    }
    // A copy: the caller may use its buffer again.
    this.#rest.push(Uint8Array.from(bytes));
  }

  #takeLine(last: Uint8Array, records: CsvRecord[]): void {
    this.#lineNumber += 1;
    const number = this.#lineNumber;
    const isTooLong = this.#isSkipping || this.#restBytes + last.length > MAX_CSV_RECORD_BYTES;
    let bytes = this.#rest.length === 0 ? last : Buffer.concat([...this.#rest, last]);
    this.#rest = [];
    this.#restBytes = 0;
    this.#isSkipping = false;
    if (number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    this.#read({ number, text: isTooLong ? undefined : decode(bytes) }, records);
  }

  #read(line: Line, records: CsvRecord[]): void {
    if (this.#open.length > 0) this.#continue(line, records);
    else this.#begin(line, records);
  }

  #begin(line: Line, records: CsvRecord[]): void {
    if (line.text === undefined) {
      records.push({ line: line.number, flaw: "record-too-long" });
      return;
    }
    const text = line.text.endsWith("\r") ? line.text.slice(0, -1) : line.text;
    if (this.#separator === undefined && /^sep=[,;\t]$/i.test(text)) {
      this.#separator = text.slice(4);
      return;
    }
    const trimmed = text.trimStart();
    if (trimmed === "" || trimmed.startsWith("#")) return;
    this.#separator ??= findSeparator(text);
    const cells = splitRecord(text, this.#separator ?? ",");
    if (cells !== "open") {
      pushRecord(line.number, cells, records);
      return;
    }
    this.#open = [line];
    this.#openCharacters = line.text.length;
  }

  /** While a quote is open, only a line with an odd number of quotes can close the record: so each is read once. */
  #continue(line: Line, records: CsvRecord[]): void {
    this.#open.push(line);
    this.#openCharacters += (line.text ?? "").length + 1;
    const isTooLong =
      line.text === undefined || this.#open.length > MAX_RECORD_LINES || this.#openCharacters > MAX_CSV_RECORD_BYTES;
    if (isTooLong) {
      this.#giveUpOpen("quote-not-closed", records);
      return;
    }
    if (!hasOddQuotes(line.text)) return;
    const text = this.#open.map((one) => one.text).join("\n");
    const cells = splitRecord(text.endsWith("\r") ? text.slice(0, -1) : text, this.#separator ?? ",");
    if (typeof cells === "string") {
      this.#giveUpOpen(cells === "open" ? "quote-not-closed" : cells, records);
      return;
    }
    const first = this.#open[0]?.number ?? line.number;
    this.#open = [];
    pushRecord(first, cells, records);
  }

  /** The line where the quote began is given up; those behind it are read as if it had not been there. */
  #giveUpOpen(flaw: CsvFlaw, records: CsvRecord[]): void {
    const [first, ...others] = this.#open;
    this.#open = [];
    if (first !== undefined) records.push({ line: first.number, flaw });
    for (const line of others) this.#read(line, records);
  }
}

function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isUtf8(bytes)) return buffer.toString("utf8");
  return buffer
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character);
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

function pushRecord(line: number, cells: readonly string[] | CsvFlaw, records: CsvRecord[]): void {
  if (typeof cells === "string") records.push({ line, flaw: cells });
  else if (cells.some((cell) => cell !== "")) records.push({ line, cells });
}

function findSeparator(text: string): string | undefined {
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (separators as readonly string[]).includes(character)) return character;
  }
  return undefined;
}

/** The cells of a record, `open` when it ends inside quotes, or why it cannot be read. */
function splitRecord(text: string, separator: string): string[] | "open" | CsvFlaw {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (cells.length >= MAX_CSV_CELLS) return "too-many-cells";
    const begin = skipSpaces(text, at);
    let end: number;
    if (text[begin] === '"') {
      const close = findClosingQuote(text, begin + 1);
      if (close < 0) return "open";
      cells.push(text.slice(begin + 1, close).replaceAll('""', '"'));
      end = skipSpaces(text, close + 1);
      if (end < text.length && text[end] !== separator) return "stray-quote";
    } else {
      end = text.indexOf(separator, at);
      if (end < 0) end = text.length;
      const cell = text.slice(at, end).trim();
      if (cell.includes('"')) return "stray-quote";
      cells.push(cell);
    }
    if (end >= text.length) return cells;
    at = end + 1;
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === " ") at += 1;
  return at;
}

function findClosingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

/** One record as text, CR LF included. Cells that a spreadsheet would take for a formula are made harmless. */
export function formatCsvRecord(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(",")}\r\n`;
}

/**
 * Where a spreadsheet may begin a cell: at the beginning, and behind any separator, because a French one takes the `;` of
 * a file with commas for its own. An apostrophe there makes a text of what would be a formula.
 */
const formulaBegin = /(^|[,;\t\r\n])('*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/g;
const disarmedBegin = /(^|[,;\t\r\n])'('*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/g;

/** Puts an apostrophe before whatever a spreadsheet would take for a formula. */
export function disarmFormulas(text: string): string {
  return text.replace(formulaBegin, "$1'$2");
}

/** Takes the apostrophes of `disarmFormulas` away again: `rearmFormulas(disarmFormulas(text)) === text`. */
export function rearmFormulas(text: string): string {
  return text.replace(disarmedBegin, "$1$2");
}

function formatCell(text: string): string {
  const harmless = disarmFormulas(text);
  const needsQuotes = /[",;\t\r\n]|^\s|\s$|^#/.test(harmless);
  return needsQuotes ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
