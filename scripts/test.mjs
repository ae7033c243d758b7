/** `npm test`: installs what the tests need, checks everything, runs the tests with the real parts, and closes with `N passed, N failed`. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findMissing, installPackages, neededToTest } from "./debian-packages.mjs";
import { isInstallCurrent } from "./lock-state.mjs";
import { findNodeProblem } from "./node-version.mjs";
import { closeWith, readReport } from "./test-summary.mjs";

/** With the rest, 20 minutes on two cores. */
const SYSTEM_TIMEOUT_MS = 15 * 60_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), "sipprot-test-"));
/** @type {import("./test-summary.mjs").RunSummary[]} */
const runs = [];
try {
  for (const problem of prepare()) runs.push({ name: "setup", passed: 0, failed: 1, skipped: 0, problems: [problem] });
  if (runs.length === 0) {
    for (const script of ["lint", "types", "arrows", "surface:check"]) runs.push(runCheck(script));
    runs.push(runTests("unit", 5 * 60_000));
    if (isRoot) runs.push(runTests("system-parallel", 6 * 60_000), runTests("system", SYSTEM_TIMEOUT_MS));
    else runs.push({ name: "system", passed: 0, failed: 1, skipped: 0, problems: ["they need root: sudo npm test"] });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`\n${closeWith(runs).join("\n")}\n`);
process.exitCode = runs.some((run) => run.failed > 0) ? 1 : 0;

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
    if (!run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"])) return ["npm ci failed"];
  }
  return [];
}

/**
 * @param {string} script
 * @returns {import("./test-summary.mjs").RunSummary}
 */
function runCheck(script) {
  const isFine = run("npm", ["run", script, "--silent"]);
  const problems = isFine ? [] : [`npm run ${script}`];
  return { name: script, passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0, problems };
}

/**
 * @param {string} project
 * @param {number} timeoutMs
 */
function runTests(project, timeoutMs) {
  const file = join(folder, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters], timeoutMs);
  return readReport(project, existsSync(file) ? readFileSync(file, "utf8") : undefined);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} [timeoutMs]
 */
function run(command, args, timeoutMs) {
  process.stdout.write(`\n> ${[command, ...args].join(" ")}\n`);
  return (
    spawnSync(command, args, { stdio: "inherit", ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) })
      .status === 0
  );
}
