/** `npm start`: brings a fresh machine to a protected PBX; run again, it takes over what changed. Only Node's own modules: nothing is installed yet. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPages } from "./build-pages.mjs";
import { findMissing, installPackages, neededToRun } from "./debian-packages.mjs";
import { isInstallCurrent } from "./lock-state.mjs";
import { findNodeProblem } from "./node-version.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);

step("Node", () => findNodeProblem(process.version));
step("system packages", () => {
  const wanted = neededToRun({
    isRoot: process.getuid?.() === 0,
    environment: process.env,
    configText: readText(configFile()) ?? "",
  });
  const missing = findMissing(wanted);
  return missing.length === 0 ? undefined : installPackages(missing, say);
});
step("npm packages", () => {
  const lock = readText("package-lock.json") ?? "";
  if (isInstallCurrent(lock, readText("node_modules/.package-lock.json"))) return undefined;
  say("npm ci");
  return runNpm(["ci", "--include=dev", "--no-audit", "--no-fund"])
    ? undefined
    : "npm ci failed; its reasons are above.";
});
step("build", () => (runNpm(["run", "build", "--silent"]) ? undefined : "The build failed; its reasons are above."));
// The gate protects without the pages: when they cannot be built, that is told, and the rest starts.
say(
  buildPages()
    ? "✓ pages"
    : "✗ pages: they could not be built, the reasons are above; everything else starts without them",
);

const launched = spawnSync(process.execPath, [join(root, "control/dist/cli/launch.js"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = launched.status ?? 1;

/**
 * @param {string} name
 * @param {() => string | undefined} work returns what went wrong
 */
function step(name, work) {
  const problem = work();
  if (problem === undefined) return say(`✓ ${name}`);
  process.stderr.write(`✗ ${name}: ${problem}\n`);
  process.exit(1);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {string[]} args */
function runNpm(args) {
  return spawnSync("npm", args, { stdio: "inherit" }).status === 0;
}

/** The file that `--config FILE` names, or the installation's own. */
function configFile() {
  const at = process.argv.indexOf("--config");
  return process.argv[at + 1] !== undefined && at >= 0 ? String(process.argv[at + 1]) : "conf/sipprot.conf";
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
