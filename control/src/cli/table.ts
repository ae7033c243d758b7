/** Tables of plus, minus and bar, a line after each row, as operators of sipPROT know them. */
import { escapeText } from "./text.ts";

export interface Column {
  readonly heading: string;
  readonly align: "left" | "right";
}

/**
 * Draws a table. Every cell is escaped, so that nothing from the wire reaches the terminal as a control sequence.
 * A row shorter than the columns is filled with empty cells.
 */
export function drawTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => columns.map((_, index) => escapeText(row[index] ?? "")));
  const widths = columns.map((column, index) => {
    let width = widthOf(column.heading);
    for (const row of cells) width = Math.max(width, widthOf(row[index] ?? ""));
    return width;
  });
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const draw = (row: readonly string[]) =>
    `|${columns.map((column, index) => ` ${pad(row[index] ?? "", widths[index] ?? 0, column.align)} `).join("|")}|`;
  const lines = [rule, draw(columns.map((column) => column.heading)), rule];
  for (const row of cells) lines.push(draw(row), rule);
  return lines.join("\n");
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
