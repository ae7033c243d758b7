/** Cells and lines of CSV that a spreadsheet neither takes apart nor runs as a formula. */

/** One line with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoteCsv).join(",")}\r\n`;
}

/** One cell. */
export function quoteCsv(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
