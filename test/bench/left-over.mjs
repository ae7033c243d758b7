/** What a benchmark started and made, taken away again at its end, also when it is interrupted. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const steps = [];
let clearing;

/** Remembers how something is taken away; the newest goes first. What is given takes it away at once. */
export function onEnd(step) {
  steps.push(step);
  return async () => {
    const at = steps.indexOf(step);
    if (at < 0) return;
    steps.splice(at, 1);
    await step();
  };
}

/** Runs a benchmark, takes away what it left, and ends the process, whatever would hold it open. */
export async function runToEnd(main) {
  try {
    await main();
  } finally {
    await clearAway();
  }
  process.exit();
}

/** A folder of this run. */
export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "sipprot-bench-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Takes everything away, once, however many ask for it. What fails to go keeps nothing else from going. */
export function clearAway() {
  clearing ??= clear();
  return clearing;
}

async function clear() {
  for (;;) {
    const step = steps.pop();
    if (step === undefined) return;
    try {
      await step();
    } catch (error) {
      console.error(`left behind: ${error.message}`);
    }
  }
}

// Whoever is impatient leaves nothing behind either.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => clearAway().finally(() => process.exit(1)));
}

/** Ends a process by its id and waits until it is gone. */
export async function endProcess(child, signal = "SIGKILL") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(timer);
}
