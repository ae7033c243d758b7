/** Before the browser tests: the programs are compiled and the pages built, unless nothing changed since. */
import { execFileSync } from "node:child_process";
import { checkout } from "./program.ts";

export function setup(): void {
  execFileSync("npx", ["tsc", "-b"], { cwd: checkout, stdio: "inherit" });
  execFileSync(process.execPath, ["scripts/build-pages.mjs"], { cwd: checkout, stdio: "inherit" });
}
