/** Figures of a benchmark: median and spread, written as JSON for the tables of docs/benchmarks.md. */
import { writeFileSync } from "node:fs";

/** Median, lowest and highest. */
export function spreadOf(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return { median: sorted[sorted.length >> 1] ?? 0, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}

/** Prints what a part found, and writes it to a file when one is named. */
export function writeResults(part, found, file) {
  const text = JSON.stringify({ part, atMs: Date.now(), ...found }, undefined, 2);
  if (file === undefined) console.log(text);
  else writeFileSync(file, `${text}\n`);
}
