/** `npm test`: installs what the tests need, checks everything, runs the tests with the real parts, and closes with `N passed, N failed`. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runScript, since } from "./check-run.mjs";
import { findMissing, installPackages, neededToTest } from "./debian-packages.mjs";
import { isInstallCurrent } from "./lock-state.mjs";
import { findNodeProblem } from "./node-version.mjs";
import { runTests } from "./test-run.mjs";
import { closeWith } from "./test-summary.mjs";

/** @typedef {import("./test-summary.mjs").RunSummary} RunSummary */

/** All of it ends by then, with whatever results there are: who waits for it gives it 20 minutes. */
const ALL_MINUTES = 19.4;
/** With less than that left nothing is begun: a run needs a while for its preparation and its end. */
const LEAST_MINUTES = 2.5;
/**
 * The projects with real parts, one after another, and the minutes each may take, more than it does. What a slow machine
 * has no time for is left out and named at the end; the last has all that is left.
 */
const realParts = /** @type {const} */ ([
  ["system", 9],
  ["system-alone", 6],
  ["e2e", ALL_MINUTES],
]);
/** More than any file takes, so that only one that hangs is ended. */
const FILE_MINUTES = 8;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const startedAtMs = readBeginning();
const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), "sipprot-test-"));
/** @type {RunSummary[]} */
const runs = [];
try {
  for (const problem of prepare()) runs.push(resultOf("setup", 0, problem));
  if (runs.length === 0) {
    // For two cores; what compiles into the same folders is not run at the same time.
    const checks = [checkAll("types", "surface:check"), checkAll("lint", "arrows", "texts").then(addUnit)];
    for (const summaries of await Promise.all(checks)) runs.push(...summaries);
    if (isRoot) {
      for (const [project, minutes] of realParts) runs.push(await test(project, minutes));
    } else runs.push(resultOf("system", 0, "the tests with the real parts need root: sudo npm test"));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`\n${[`in ${since(startedAtMs)}`, ...closeWith(runs)].join("\n")}\n`);
process.exitCode = runs.some((run) => run.failed > 0) ? 1 : 0;

/** When all of this began: what was done before may have said so. */
function readBeginning() {
  const { TESTS_BEGAN_AT = "" } = process.env;
  return /^\d+$/.test(TESTS_BEGAN_AT) ? Number(TESTS_BEGAN_AT) * 1000 : Date.now();
}

function leftMs() {
  return startedAtMs + ALL_MINUTES * 60_000 - Date.now();
}

/** Installs what is missing. @returns {string[]} what went wrong */
function prepare() {
  const nodeProblem = findNodeProblem(process.version);
  if (nodeProblem !== undefined) return [nodeProblem];
  const missing = findMissing(neededToTest());
  const packageProblem =
    missing.length === 0 ? undefined : installPackages(missing, (line) => process.stdout.write(`${line}\n`));
  if (packageProblem !== undefined) return [packageProblem];
  const installed = "node_modules/.package-lock.json";
  const lock = readFileSync("package-lock.json", "utf8");
  if (!isInstallCurrent(lock, existsSync(installed) ? readFileSync(installed, "utf8") : undefined)) {
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
    process.stdout.write(`\n> npm ${args.join(" ")}\n`);
    if (spawnSync("npm", args, { stdio: "inherit" }).status !== 0) return ["npm ci failed"];
  }
  return [];
}

/**
 * Runs scripts of package.json one after another.
 * @param {string[]} scripts
 * @returns {Promise<RunSummary[]>}
 */
async function checkAll(...scripts) {
  const summaries = [];
  for (const script of scripts) {
    const isFine = await runScript(script);
    summaries.push(isFine ? resultOf(script, 1) : resultOf(script, 0, `npm run ${script}`));
  }
  return summaries;
}

/**
 * @param {string} name
 * @param {number} passed
 * @param {string[]} problems
 * @returns {RunSummary}
 */
function resultOf(name, passed, ...problems) {
  return { name, passed, failed: problems.length, skipped: 0, problems, leftOut: [] };
}

/** @param {RunSummary[]} before */
async function addUnit(before) {
  return [...before, await test("unit", 5)];
}

/**
 * @param {string} project
 * @param {number} minutes
 * @returns {Promise<RunSummary>}
 */
async function test(project, minutes) {
  const runMs = Math.min(minutes * 60_000, leftMs());
  if (runMs < LEAST_MINUTES * 60_000) return { ...resultOf(project, 0), leftOut: [`all of ${project}`] };
  const journal = join(folder, `${project}.journal`);
  return runTests({ project, journal, runMs, fileMs: FILE_MINUTES * 60_000 });
}
