/** The results of long runs, put into docs/reliability.md. */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

const document = fileURLToPath(new URL("../../docs/reliability.md", import.meta.url));

/** @returns {string} processors, kernel and Node of this machine */
export function describeMachine() {
  const kernel = execFileSync("uname", ["-r"], { encoding: "utf8" }).trim();
  return `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Linux ${kernel}, Node ${process.version}`;
}

/**
 * Prints a table and puts it between the two marks of this name.
 * @param {string} name
 * @param {ReadonlyArray<readonly [string, string]>} rows
 */
export async function writeBetween(name, rows) {
  const lines = ["| What | Measured |", "| --- | --- |", ...rows.map(([what, value]) => `| ${what} | ${value} |`)];
  console.log(lines.join("\n"));
  const [begin, end] = [`<!-- ${name} begins -->`, `<!-- ${name} ends -->`];
  const text = await readFile(document, "utf8");
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  await writeFile(document, `${before}\n\n${lines.join("\n")}\n\n${text.slice(text.indexOf(end))}`);
}
