/**
 * `npm run bench`: installs what the benchmarks need, runs them one after another, and writes their tables into docs/benchmarks.md.
 *
 * sudo npm run bench                    all, at most 15 minutes
 * sudo npm run bench -- side kernel     only these
 *
 * A part that fails or has no time leaves its old table where it was, and the run says so at its end.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchPeers, findMissing, installPackages, neededToBench } from "../../scripts/debian-packages.mjs";
import { parts } from "./parts.mjs";
import { fillIn } from "./tables.mjs";

const WHOLE_MS = 14.5 * 60_000;
/** How long an interrupted part may take to clear away. */
const CLEAR_WITHIN_MS = 20_000;
const document = "docs/benchmarks.md";
const results = "docs/benchmarks";
const startedMs = performance.now();

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(", ")}. There are: ${parts.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}
let running;
let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    isStopped = true;
    running?.kill("SIGTERM");
  });
}
process.exitCode = (await main()) ? 0 : 1;

async function main() {
  const say = (line) => console.log(line);
  if (process.getuid?.() !== 0) {
    say("The benchmarks make network namespaces, so they need root: sudo npm run bench");
    return false;
  }
  const problem = install(neededToBench(), say);
  if (problem !== undefined) {
    say(problem);
    return false;
  }
  // Without a peer its rows are missing, and everything else is measured.
  const noPeer = install(benchPeers(), say);
  if (noPeer !== undefined) say(`Goes on without: ${noPeer}`);
  if (spawnSync("npm", ["run", "build", "--silent"], { stdio: "inherit" }).status !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), "sipprot-bench-run-"));
  const failed = [];
  mkdirSync(results, { recursive: true });
  const machine = describeMachine();
  try {
    for (const part of parts.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      const leftMs = WHOLE_MS - (performance.now() - startedMs);
      const why = isStopped
        ? "interrupted"
        : leftMs < 10_000
          ? "no time left"
          : await runPart(part, leftMs, folder, machine);
      if (why !== undefined) failed.push(`${part.name}: ${why}`);
      // After each part, so that what was measured is kept whatever comes.
      else writeFileSync(document, fillIn(readFileSync(document, "utf8"), readResults()));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of failed) say(`not measured: ${line}`);
  say(`benchmarks: ${Math.round((performance.now() - startedMs) / 1_000)} s, tables in ${document}`);
  return failed.length === 0;
}

/** @returns what went wrong */
function install(needs, say) {
  const missing = findMissing(needs);
  return missing.length === 0 ? undefined : installPackages(missing, say);
}

/** Runs one part to its end or to its limit. @returns why it gave nothing */
async function runPart(part, leftMs, folder, machine) {
  const file = join(folder, `${part.name}.json`);
  console.log(`\n> ${part.command}`);
  const startMs = performance.now();
  const before = { atMs: Date.now(), load: loadavg()[0] };
  const words = part.givesText ? part.words : [...part.words, "--out", file];
  const child = spawn(process.execPath, words, { stdio: ["ignore", part.givesText ? "pipe" : "inherit", "inherit"] });
  running = child;
  let said = "";
  child.stdout?.on("data", (bytes) => {
    said += bytes;
    process.stdout.write(bytes);
  });
  let kill;
  const limit = setTimeout(
    () => {
      child.kill("SIGTERM");
      kill = setTimeout(() => child.kill("SIGKILL"), CLEAR_WITHIN_MS);
    },
    Math.min(part.limitSeconds * 1_000, leftMs),
  );
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(limit);
  clearTimeout(kill);
  running = undefined;
  if (isStopped) return "interrupted";
  if (code !== 0) return `ended with code ${code} after ${Math.round((performance.now() - startMs) / 1_000)} s`;
  const found = part.givesText ? { part: part.name, text: said.trimEnd() } : JSON.parse(readFileSync(file, "utf8"));
  const whole = { ...found, ...before, command: part.command, machine };
  writeFileSync(join(results, `${part.name}.json`), `${JSON.stringify(whole, undefined, 2)}\n`);
  return undefined;
}

/** What was measured lately or earlier, by part. */
function readResults() {
  const there = parts.map(({ name }) => [name, join(results, `${name}.json`)]).filter(([, file]) => existsSync(file));
  return Object.fromEntries(there.map(([name, file]) => [name, JSON.parse(readFileSync(file, "utf8"))]));
}

/** Processor, kernel and versions, as the tables tell them. */
function describeMachine() {
  const version = (command, words, pattern) => {
    try {
      const text = execFileSync(command, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      return pattern.exec(text)?.[1] ?? "";
    } catch {
      return "";
    }
  };
  const commit = version("git", ["rev-parse", "--short", "HEAD"], /(\w+)/);
  const programs = [
    ["Node", process.version.slice(1)],
    ["kernel", release().replace(/-.*/, "")],
    ["nftables", version("nft", ["--version"], /v([\d.]+)/)],
    ["Kamailio", version("kamailio", ["-v"], /kamailio ([\d.]+)/)],
    ["fail2ban", version("fail2ban-server", ["-V"], /([\d.]+)/)],
    ["sipprot", commit],
  ];
  const model = cpus()[0]?.model.trim() ?? "unknown";
  return {
    processors: `${cpus().length} × ${model}`,
    versions: programs
      .filter(([, text]) => text !== "")
      .map(([name, text]) => `${name} ${text}`)
      .join(", "),
  };
}
