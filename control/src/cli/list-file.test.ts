import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { runCommandLine } from "./run.ts";

let store: TestRedis;
let redis: Redis;

beforeAll(async () => {
  store = await startTestRedis("cli-files");
  redis = await store.open();
});

afterAll(async () => {
  await store.close();
});

beforeEach(async () => {
  await redis.flushall();
  await run("setup");
});

async function run(...args: string[]) {
  let out = "";
  let err = "";
  const code = await runCommandLine(args, {
    environment: { SIPPROT_STATE: store.location.stateFolder, SIPPROT_HEALTH: "127.0.0.1:1", SUDO_USER: "alice" },
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

describe("sipprot list … import, export, remove-file", () => {
  it("takes a file in, names its bad lines, and gives the same list out again", async () => {
    const file = join(store.location.stateFolder, "in.csv");
    writeFileSync(file, "IP_ADDRESS,NOTE,TIME,ADDED_BY\r\n192.0.2.9,one,5,bob\r\nnonsense\r\n192.0.2.4/31,=1+1,,\r\n");
    const taken = await run("list", "deny", "import", file);
    expect(taken).toMatchObject({ code: 1, err: "" });
    expect(taken.out).toContain("3 lines read: 2 added, 0 replaced on the Denylist");
    expect(taken.out).toContain('line 3: "nonsense": expected an address');
    const { out } = await run("list", "deny", "export");
    expect(out.split("\r\n").slice(0, 2)).toEqual([
      "IP_ADDRESS,NOTE,TIME,ADDED_BY",
      expect.stringMatching(/^192\.0\.2\.4\/31,'=1\+1,\d+,alice \(cli\)$/),
    ]);
    const copy = join(store.location.stateFolder, "out.csv");
    expect(await run("list", "deny", "export", copy)).toMatchObject({ code: 0 });
    expect(readFileSync(copy, "utf8")).toBe(out);
    expect(await run("list", "deny", "export", copy)).toMatchObject({
      code: 1,
      err: expect.stringContaining("already exists"),
    });
    expect(await run("list", "deny", "remove-file", copy)).toMatchObject({
      code: 0,
      out: expect.stringContaining("2 taken off"),
    });
    expect((await run("--json", "list", "deny", "show")).out.trim()).toBe("[]");
    expect(await run("list", "deny", "import", join(store.location.stateFolder, "missing.csv"))).toMatchObject({
      code: 1,
    });
  });
});

describe("sipprot explain", () => {
  it("says what is known of an address, and that nothing is", async () => {
    await run("list", "allow", "add", "192.0.2.0/24", "--note", "the office");
    const { out, code } = await run("explain", "192.0.2.7");
    expect(code).toBe(0);
    expect(out).toContain("let through before every other rule");
    expect(out).toContain("on the Allowlist: 192.0.2.0/24 by alice (cli)");
    expect((await run("explain", "198.51.100.1")).out).toContain("judged message by message");
    expect(JSON.parse((await run("--json", "explain", "198.51.100.1")).out)).toMatchObject({
      verdict: "judged-by-message",
    });
    expect(await run("explain", "nobody")).toMatchObject({ code: 1, err: expect.stringContaining("bad-network") });
  });
});
