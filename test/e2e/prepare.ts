/** Before the browser tests: the pages are built, unless nothing changed since, and there is a machine to look at them from afar. */
import { execFileSync } from "node:child_process";
import type { TestProject } from "vitest/node";
import { makeFarAway } from "./far-away.ts";
import { checkout } from "./program.ts";

export function setup(project: TestProject): () => void {
  execFileSync(process.execPath, ["scripts/build-pages.mjs"], { cwd: checkout, stdio: "inherit" });
  const { remove, ...farAway } = makeFarAway();
  project.provide("farAway", farAway);
  return remove;
}
