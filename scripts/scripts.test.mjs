/** The pure parts of `npm start` and `npm test`. */
import { readFileSync } from "node:fs";
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
import { closeWith, readReport } from "./test-summary.mjs";

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
  /** @type {(tests: string[], file?: string) => string} */
  const report = (tests, file = "passed") =>
    JSON.stringify({
      success: file === "passed" && tests.every((status) => status !== "failed"),
      numPassedTests: tests.filter((status) => status === "passed").length,
      numFailedTests: tests.filter((status) => status === "failed").length,
      numPendingTests: tests.filter((status) => status === "pending").length,
      numTodoTests: 0,
      testResults: [
        {
          name: "a.test.ts",
          status: file,
          message: "cannot load",
          assertionResults: tests.map((status, index) => ({ status, fullName: `test ${index}` })),
        },
      ],
    });

  it("adds up and closes with one line", () => {
    const runs = [
      readReport("unit", report(["passed", "passed"])),
      readReport("system", report(["passed", "pending"])),
    ];
    expect(closeWith(runs)).toEqual(["1 skipped", "3 passed, 0 failed"]);
  });
  it("names what failed", () => {
    expect(closeWith([readReport("unit", report(["passed", "failed"], "failed"))])).toEqual([
      "✗ test 1",
      "1 passed, 1 failed",
    ]);
  });
  it("never takes a crash for success", () => {
    expect(closeWith([readReport("system", undefined)]).at(-1)).toBe("0 passed, 1 failed");
    expect(closeWith([readReport("system", "{}")]).at(-1)).toBe("0 passed, 1 failed");
    expect(closeWith([readReport("system", report([], "failed"))]).at(-1)).toBe("0 passed, 1 failed");
    expect(readReport("unit", report([]).replace('"success":true', '"success":false')).failed).toBe(1);
  });
});
