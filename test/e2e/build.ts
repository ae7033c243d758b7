/** Before the browser tests: the pages are built, unless nothing changed since. */
import { execFileSync } from "node:child_process";
import { checkout } from "./program.ts";

export function setup(): void {
  execFileSync(process.execPath, ["scripts/build-pages.mjs"], { cwd: checkout, stdio: "inherit" });
}
