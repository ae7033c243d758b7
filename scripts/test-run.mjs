/** Runs the tests of one vitest project, lets them end when their time is over, ends what hangs, and says what they showed. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { findFamily, killFamily } from "./process-family.mjs";
import { readJournal, summarize } from "./test-summary.mjs";

const LOOK_EVERY_MS = 2000;
/** How long a run whose time is over may take to put things away. */
const GRACE_MS = 45_000;
const SLOWEST = 8;

/**
 * @typedef {{
 *   project: string,
 *   journal: string,
 *   runMs: number,
 *   fileMs: number,
 * }} TestRun the file of its journal, how long all of it and how long one file may take; both in milliseconds
 */

/**
 * Runs the tests, shows what they print, and sums up. Never throws for a test's fault.
 * @param {TestRun} run
 * @returns {Promise<import("./test-summary.mjs").RunSummary>}
 */
export async function runTests(run) {
  const { project, journal } = run;
  const reporters = ["--reporter=default", "--reporter=./scripts/test-journal.mjs"];
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters];
  process.stdout.write(`\n> vitest run --project ${project}\n`);
  const startedAtMs = Date.now();
  const words = { TEST_JOURNAL: journal, TEST_UNTIL_MS: String(startedAtMs + run.runMs - GRACE_MS) };
  const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...words } });
  const watch = setInterval(() => watchOver(child.pid ?? 0, startedAtMs, run), LOOK_EVERY_MS);
  await new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  clearInterval(watch);
  const text = readText(journal);
  for (const line of describeSlowest(text)) process.stdout.write(`${line}\n`);
  return summarize(project, text);
}

/**
 * @param {number} pid
 * @param {number} startedAtMs
 * @param {TestRun} run
 */
function watchOver(pid, startedAtMs, { project, journal, runMs, fileMs }) {
  const nowMs = Date.now();
  if (nowMs - startedAtMs > runMs) {
    process.stdout.write(`\n✗ ${project}: ended after ${inSeconds(runMs)}\n`);
    killFamily(pid);
    return;
  }
  for (const [file, { began, ended }] of readJournal(readText(journal)).files) {
    if (began === undefined || ended !== undefined || nowMs - began.atMs <= fileMs) continue;
    // Its number may be another's by now.
    if (!findFamily(pid).includes(began.pid)) continue;
    process.stdout.write(`\n✗ ${file}: ended after ${inSeconds(fileMs)}\n`);
    killFamily(began.pid);
  }
}

/**
 * Where the time goes, for those who want to save some.
 * @param {string} text
 * @returns {string[]}
 */
function describeSlowest(text) {
  const times = [...readJournal(text).files].map(([file, { ended }]) => ({ file, ms: ended?.ms ?? 0 }));
  times.sort((one, other) => other.ms - one.ms);
  return times.slice(0, SLOWEST).map(({ file, ms }) => `${inSeconds(ms).padStart(7)}  ${file}`);
}

/** @param {string} path */
function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** @param {number} ms */
function inSeconds(ms) {
  return `${Math.round(ms / 1000)} s`;
}
