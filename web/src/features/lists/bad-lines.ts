/** The lines of a file that were not taken, as a file to mend them by. Pure. */
import type { BadLine, LineFlaw } from "@sipprot/shared/list-csv";
import type { FileReport } from "@sipprot/shared/list-file";

/** What a spreadsheet would take for a formula when it opens the file. */
const formula = /^[=+\-@\t\r]/;

/** CSV with the number of each line, what stood there, what is wrong by `names`, and what was expected. */
export function badLinesCsv(
  { bad, badCount }: Pick<FileReport, "bad" | "badCount">,
  names: Readonly<Record<LineFlaw, string>>,
): string {
  const rows = bad.map(({ line, text, flaw, detail }: BadLine) => [String(line), text, names[flaw], detail]);
  const more = badCount > bad.length ? [[`+${badCount - bad.length}`, "", "", ""]] : [];
  return [["LINE", "IP_ADDRESS", "REASON", "DETAIL"], ...rows, ...more].map(toLine).join("");
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(text: string): string {
  const harmless = formula.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
