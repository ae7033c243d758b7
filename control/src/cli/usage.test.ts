import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { version } from "../version.ts";
import { runCommandLine } from "./run.ts";
import { readDuration } from "./time.ts";

const folder = mkdtempSync(join(tmpdir(), "sipprot-usage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(environment: Record<string, string>, ...args: string[]) {
  const printed = { out: "", err: "" };
  const code = await runCommandLine(args, {
    environment: { SIPPROT_STATE: folder, ...environment },
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
  });
  return { code, ...printed };
}

describe("the command line", () => {
  it.each([["version"], ["--version"], ["-v"], ["-version"]])("prints its version for %s", async (word) => {
    expect(await run({}, word)).toEqual({ code: 0, out: `sipPROT : ${version}\n`, err: "" });
  });

  it.each([[["help"]], [["h"]], [["--help"]], [["-h"]], [["help", "list", "allow"]], [["help", "s"]]])(
    "helps for %j",
    async (words) => {
      expect(await run({}, ...words)).toMatchObject({ code: 0, err: "" });
    },
  );

  it("names its commands, options and exit codes", async () => {
    const { out } = await run({}, "help");
    for (const word of ["status|s", "list|l", "check", "setup", "doctor", "--config", "--json", "Exit codes"]) {
      expect(out).toContain(word);
    }
  });

  it.each([
    [[]],
    [["nonsense"]],
    [["status", "--nonsense"]],
    [["list"]],
    [["list", "grey", "show"]],
    [["help", "x"]],
    [["check"]],
    [["check", "a", "b"]],
  ])("ends with 2 for %j, and prints no answer", async (words) => {
    const answer = await run({}, ...words);
    expect(answer).toMatchObject({ code: 2, out: "" });
    expect(answer.err).not.toBe("");
  });

  it("reports what it did not understand as JSON when asked", async () => {
    const { code, err } = await run({}, "nonsense", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(err).error).toMatchObject({ code: "usage" });
  });
});

describe("an error", () => {
  it("says that the store does not answer, and how to start it", async () => {
    const { code, out, err } = await run({}, "status");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("code:     store-unreachable");
    expect(err).toContain("npm start");
  });

  it("never shows the password of a store", async () => {
    const { err } = await run({ SIPPROT_REDIS_URL: "redis://user:secret@127.0.0.1:1" }, "status");
    expect(err).toContain("store-unreachable");
    expect(err).not.toContain("secret");
  });

  it.each([
    [{ SIPPROT_MODE: "magic" }, [], "SIPPROT_MODE"],
    [{}, ["--config", join(folder, "missing.conf")], "--config"],
    [{}, ["--log", "gopher://"], "--log"],
    [{}, ["--log", "file:///nonexistent/folder/x.log"], "--log"],
  ])("names a bad boot setting: %j %j", async (environment, options, field) => {
    const { code, err } = await run(environment, "status", ...options);
    expect(code).toBe(1);
    expect(err).toContain("code:     bad-boot-setting");
    expect(err).toContain(`field:    ${field}`);
  });

  it("names the line of a configuration file that is not one", async () => {
    const file = join(folder, "bad.conf");
    writeFileSync(file, "SIPPROT_MODE=relay\nwhat\n");
    expect((await run({}, "status", "--config", file)).err).toContain("line 2");
  });
});

describe("a duration", () => {
  it("is a number and a unit", () => {
    expect([readDuration("90s"), readDuration("30m"), readDuration("24h"), readDuration("7d")]).toEqual([
      90, 1800, 86_400, 604_800,
    ]);
  });
  it.each(["", "0h", "-1h", "1w", "1.5h", "3651d", "999999999999d"])("%j is none", (text) => {
    expect(() => readDuration(text)).toThrow(/not a duration/);
  });
});
