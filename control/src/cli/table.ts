/** Tables of plus, minus and bar, a line after each row, as operators of sipPROT know them. */
import { escapeText } from "./text.ts";

export interface Column {
  readonly heading: string;
  readonly align: "left" | "right";
  /** The cells may be broken over several lines when the table would be wider than the terminal. */
  readonly wraps?: boolean;
}

/** Narrower than this a broken text reads worse than a wide table. */
const NARROWEST = 10;
/** What the bars and the spaces beside a cell take, and the last bar. */
const CELL_FRAME = 3;
const LAST_BAR = 1;

/**
 * Draws a table no wider than `maxColumns` where the columns that wrap allow it. Every cell is escaped, so that nothing
 * from the wire reaches the terminal as a control sequence. A row shorter than the columns is filled with empty cells.
 */
export function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  maxColumns = Number.POSITIVE_INFINITY,
): string {
  const cells = rows.map((row) => columns.map((_, index) => escapeText(row[index] ?? "")));
  const widths = fitWidths(columns, cells, maxColumns);
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const draw = (row: readonly string[]) =>
    `|${columns.map((column, index) => ` ${pad(row[index] ?? "", widths[index] ?? 0, column.align)} `).join("|")}|`;
  const lines = [rule, draw(columns.map((column) => column.heading)), rule];
  for (const row of cells) {
    for (const line of breakRow(row, widths)) lines.push(draw(line));
    lines.push(rule);
  }
  return lines.join("\n");
}

/** As wide as the widest cell; then the widest column that wraps gives way until all fits. */
function fitWidths(columns: readonly Column[], cells: readonly (readonly string[])[], maxColumns: number): number[] {
  const widths = columns.map((column, index) => {
    let width = widthOf(column.heading);
    for (const row of cells) width = Math.max(width, widthOf(row[index] ?? ""));
    return width;
  });
  const least = columns.map(({ heading }) => Math.max(NARROWEST, widthOf(heading)));
  for (;;) {
    const total = widths.reduce((sum, width) => sum + width + CELL_FRAME, LAST_BAR);
    let widest = -1;
    for (const [index, column] of columns.entries()) {
      const canGive = column.wraps === true && (widths[index] ?? 0) > (least[index] ?? 0);
      if (canGive && (widest < 0 || (widths[index] ?? 0) > (widths[widest] ?? 0))) widest = index;
    }
    if (total <= maxColumns || widest < 0) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

/** The lines one row takes: each cell broken to the width of its column. */
function breakRow(row: readonly string[], widths: readonly number[]): string[][] {
  const broken = row.map((cell, index) => wrapText(cell, widths[index] ?? 0));
  const height = Math.max(1, ...broken.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => broken.map((lines) => lines[line] ?? ""));
}

/** Breaks a text into lines of at most `width` columns, between words where it can. */
export function wrapText(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = cutWord(word, width);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  }
  lines.push(line);
  return lines;
}

function cutWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && widthOf(piece + character) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}

function pad(text: string, width: number, align: Column["align"]): string {
  const fill = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + fill : fill + text;
}

/** Columns a text takes on a terminal: combining marks take none, East Asian wide characters and pictures two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
