/** The pure parts of `npm start` and `npm test`. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  benchPeers,
  describeInstall,
  findMissing,
  neededToBench,
  neededToRun,
  neededToTest,
} from "./debian-packages.mjs";
import { isInstallCurrent } from "./lock-state.mjs";
import { findNodeProblem } from "./node-version.mjs";
import { findFamily, killFamily } from "./process-family.mjs";
import { closeWith, summarize } from "./test-summary.mjs";

describe("the Node version", () => {
  it.each(["v20.19.0", "v20.20.2", "v22.0.0", "v100.1.0"])("%s will do", (version) => {
    expect(findNodeProblem(version)).toBeUndefined();
  });
  it.each(["v18.20.0", "v20.18.3", "v0.10.48"])("%s is too old, and the answer says what to install", (version) => {
    expect(findNodeProblem(version)).toMatch(/20\.19 or later/);
  });
});

describe("what was installed by npm", () => {
  const lock = readFileSync(new URL("../package-lock.json", import.meta.url), "utf8");
  const installed = { packages: JSON.parse(lock).packages };
  delete installed.packages[""];

  it("is current when it is what the lock file asks for", () => {
    expect(isInstallCurrent(lock, JSON.stringify(installed))).toBe(true);
  });
  it("is not when there is nothing, something damaged, an older version, or too little", () => {
    expect(isInstallCurrent(lock, undefined)).toBe(false);
    expect(isInstallCurrent(lock, "{")).toBe(false);
    const older = structuredClone(installed);
    older.packages["node_modules/zod"].version = "1.0.0";
    expect(isInstallCurrent(lock, JSON.stringify(older))).toBe(false);
    const fewer = structuredClone(installed);
    delete fewer.packages["node_modules/zod"];
    expect(isInstallCurrent(lock, JSON.stringify(fewer))).toBe(false);
  });
});

describe("the packages needed to run", () => {
  /** @type {(isRoot: boolean, environment?: Record<string, string>, configText?: string) => string[]} */
  const commands = (isRoot, environment = {}, configText = "") =>
    neededToRun({ isRoot, environment, configText }).map((need) => need.command);

  it("are all for root, and Redis alone for others", () => {
    expect(commands(true)).toEqual(["redis-server", "nft", "ip"]);
    expect(commands(false)).toEqual(["redis-server"]);
  });
  it("follow the mode and the store, and the environment wins over the file", () => {
    expect(commands(true, { SIPPROT_MODE: "relay" })).toEqual(["redis-server"]);
    expect(commands(false, {}, "# ours\nSIPPROT_MODE = 'transparent'\n")).toEqual(["redis-server", "nft", "ip"]);
    expect(commands(true, { SIPPROT_MODE: "auto" }, "SIPPROT_MODE=relay")).toEqual(["redis-server", "nft", "ip"]);
    expect(commands(false, { SIPPROT_REDIS_URL: "redis://192.0.2.1:6379" })).toEqual([]);
  });
  it("become one apt-get command", () => {
    const missing = findMissing(neededToTest(), (command) => !["nft", "sipp", "in.tftpd"].includes(command));
    expect(describeInstall(missing)).toBe("apt-get install -y nftables sip-tester tftpd-hpa");
  });
  it("of the benchmarks are real attackers and a compiler, and the peers stand apart", () => {
    const packages = neededToBench().map((need) => need.package);
    expect(packages).toEqual(expect.arrayContaining(["sipvicious", "debootstrap", "gcc"]));
    expect(packages).not.toContain("kamailio");
    expect(benchPeers().map((need) => need.package)).toEqual(["kamailio", "kamailio-geoip2-modules", "fail2ban"]);
  });
  it("are missing while a file of theirs is, even with the program there", () => {
    const need = { command: "cc", package: "libc6-dev", why: "translates", file: "/nowhere/stdio.h" };
    expect(findMissing([need], () => true)).toEqual([need]);
    expect(findMissing([{ ...need, file: process.execPath }], () => true)).toEqual([]);
  });
});

describe("the summary of the tests", () => {
  /** @type {(...lines: import("./test-summary.mjs").JournalLine[]) => string} */
  const journal = (...lines) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const file = "test/system/a.test.ts";
  const begun = [{ run: [file] }, { began: file, pid: 1, atMs: 0 }];
  /** @type {(test: string, state: string) => import("./test-summary.mjs").JournalLine} */
  const told = (test, state) => ({ file, test, state, why: state === "failed" ? "expected 1\nto be 2" : undefined });
  /** @type {(state: string, why?: string) => import("./test-summary.mjs").JournalLine} */
  const ended = (state, why) => ({ ended: file, state, ms: 1, why });

  it("adds up and closes with one line", () => {
    const passed = journal(...begun, told("one", "passed"), told("two", "skipped"), ended("passed"), { end: [] });
    expect(closeWith([summarize("unit", passed), summarize("system", passed)])).toEqual([
      "2 skipped",
      "2 passed, 0 failed",
    ]);
  });
  it("names what failed, and why", () => {
    const failed = journal(...begun, told("one", "passed"), told("two", "failed"), ended("failed"), { end: [] });
    expect(closeWith([summarize("unit", failed)])).toEqual([`✗ ${file}: two: expected 1`, "1 passed, 1 failed"]);
  });
  it("keeps what a run had shown that was ended, and says where it was", () => {
    const hung = journal(
      { run: [file, "test/system/b.test.ts"] },
      ...begun.slice(1),
      told("one", "passed"),
      told("two", "failed"),
      { file, at: "three" },
    );
    expect(closeWith([summarize("system", `${hung}{"file":"half a li`)])).toEqual([
      `✗ ${file}: two: expected 1`,
      `✗ ${file}: did not end, it was at: three`,
      "✗ test/system/b.test.ts: was not begun",
      "✗ system: the run did not end by itself",
      "1 passed, 4 failed",
    ]);
  });
  it("names what was left out when the time was over, and keeps what had failed until then", () => {
    const cut = journal(
      { run: [file, "test/system/b.test.ts"] },
      ...begun.slice(1),
      told("one", "passed"),
      told("two", "failed"),
      { file, at: "three" },
      { stopped: 1 },
      told("three", "skipped"),
      told("four", "pending"),
      ended("failed"),
    );
    expect(closeWith([summarize("system", `${cut}${journal({ end: [] })}`)])).toEqual([
      `✗ ${file}: two: expected 1`,
      `left out, for there was no time for all of them: ${file} test/system/b.test.ts`,
      "2 skipped",
      "1 passed, 1 failed",
    ]);
    expect(closeWith([summarize("system", cut)]).at(-1)).toBe("1 passed, 3 failed");
  });
  it("never takes a crash for success", () => {
    const closing = (/** @type {string} */ text) => closeWith([summarize("system", text)]).at(-1);
    expect(closing("")).toBe("0 passed, 1 failed");
    expect(closing(journal({ end: [] }))).toBe("0 passed, 1 failed");
    expect(closing(journal(...begun, ended("failed", "cannot load"), { end: [] }))).toBe("0 passed, 1 failed");
    expect(closing(journal(...begun, told("one", "passed"), ended("passed"), { end: ["a worker died"] }))).toBe(
      "1 passed, 1 failed",
    );
    expect(closing(journal(...begun, told("one", "passed"), { end: [] }))).toBe("1 passed, 1 failed");
  });
});

describe("a process that is ended with all it started", () => {
  it("leaves nobody behind", async () => {
    const parent = spawn("sh", ["-c", "sleep 600 & sh -c 'sleep 600 & wait' & wait"], { stdio: "ignore" });
    const pid = parent.pid ?? 0;
    await expect.poll(() => findFamily(pid).length).toBe(4);
    const family = findFamily(pid);
    killFamily(pid);
    const isAlive = (/** @type {number} */ member) => {
      const state = existsSync(`/proc/${member}/stat`) ? readFileSync(`/proc/${member}/stat`, "latin1") : ") Z";
      return !state.slice(state.lastIndexOf(")")).startsWith(") Z");
    };
    await expect.poll(() => family.filter(isAlive)).toEqual([]);
  });
});
