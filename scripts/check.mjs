/** `npm run check`: runs the checks that are named, all at a time, shows what each said when it ends, and fails if one failed. */
import { fileURLToPath } from "node:url";
import { runScript, since } from "./check-run.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const startedAtMs = Date.now();
const names = process.argv.slice(2);
const areFine = await Promise.all(names.map(runScript));
const failed = names.filter((_, index) => !areFine[index]);
process.stdout.write(
  `\n${failed.length === 0 ? "all checks passed" : `failed: ${failed.join(", ")}`} in ${since(startedAtMs)}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
