/** The command line at a terminal: what it prints fits, and what is typed in secret is shown nowhere. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describeCommands } from "@sipprot/control/cli/completion/tree";
import { describeProgram } from "@sipprot/control/cli/program";
import { readNotificationSecrets } from "@sipprot/control/services/notifications/settings";
import { readSecretSeal } from "@sipprot/control/services/secret-seal";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { putBlocks } from "@sipprot/shared/store/block-store";
import { putHost } from "@sipprot/shared/store/host-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { environmentOf, runSipprot } from "./cli.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";
import { aBlock } from "./sync-samples.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../control/bin/sipprot", import.meta.url));
let store: TestRedis;
let redis: Redis;
let folder: string;

beforeAll(async () => {
  store = await startTestRedis("terminal");
  redis = await store.open();
  folder = await mkdtemp(join(tmpdir(), "sipprot-terminal-"));
});
beforeEach(async () => {
  await redis.flushall();
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const sipprot = (...args: string[]) => runSipprot(store, args);
const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

describe("in 80 columns", () => {
  const longNote = "the second office of the customer in the south, whose router changes its address each night";

  beforeEach(async () => {
    await sipprot(
      "list",
      "allow",
      "add",
      "192.0.2.0/24",
      "2001:db8:1111:2222::/64",
      "--note",
      longNote,
      "--for",
      "24h",
    );
    await sipprot("list", "deny", "add", "198.51.100.255", "--note", longNote);
    await putBlocks(redis, [aBlock("203.0.113.200", Date.now())], { by: "test", nowMs: Date.now() });
    await sipprot("feed", "add", "a-feed-with-a-long-name", `https://lists.example.com/${"a".repeat(60)}.txt`);
    await sipprot("user", "add", `${"a".repeat(50)}@example.com`);
    await sipprot("token", "create", "a token with quite a long name, as people give them");
    await putHost(redis, {
      name: "a-host-with-a-long-name.voice.example.com",
      version: "1.0.0",
      path: "transparent",
      endpoints: ["203.0.113.10:5060", "[2001:db8::10]:5060"],
      workers: 1,
      startedAtMs: 0,
      seenAtMs: 0,
      lastChangeId: "0-0",
      health: [],
    });
    await sipprot("settings", "set", "geoCountries", "AT,BE,CH,DE,ES,FR,GB,IE,IT,LU,NL,PT,SE,US");
  });

  it.each([
    "status",
    "status --all",
    "list allow show",
    "list deny show",
    "settings get",
    "feed list",
    "user list",
    "token list",
    "audit",
    "host list",
    "doctor",
  ])("`sipprot %s` reads well", async (words) => {
    const { out } = await runSipprot(store, words.split(" "), { columns: 80 });
    expect(out).not.toBe("");
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it("every help reads well", async () => {
    for (const { path } of describeCommands(describeProgram())) {
      const { out } = await runSipprot(
        store,
        [
          "help",
          ...path
            .trim()
            .split(" ")
            .filter((word) => word !== ""),
        ],
        {
          columns: 80,
        },
      );
      expect(out, path).toContain("Usage: sipprot");
      expect(widest(out), path).toBeLessThanOrEqual(80);
    }
  });

  it("and what goes to another program is not broken into lines", async () => {
    expect((await sipprot("list", "deny", "show")).out).toContain(longNote);
  });
});

describe("a secret", () => {
  const password = "correct horse battery staple";
  const set = ["notify", "set", "--smtp-host", "127.0.0.1", "--from", "a@example.com", "--smtp-password-file"];
  const sealed = () => redis.hget(redisKeys.notificationSecrets, "smtpPassword");
  /** What the store holds, opened with the key of the state folder: in clear it must never lie there. */
  const stored = async () => {
    expect(await sealed()).toMatch(/^sealed:1:/);
    const { stateFolder } = store.location;
    const secrets = await readNotificationSecrets(redis, readSecretSeal({ stateFolder, secretsKeyFile: undefined }));
    return secrets.open("smtpPassword");
  };

  it("comes from a file or a pipe, its first line alone", async () => {
    const file = join(folder, "password");
    await writeFile(file, `${password}\r\nthe rest\n`);
    expect(await sipprot(...set, file)).toMatchObject({ code: 0, err: "" });
    expect(await stored()).toBe(password);
    await runSipprot(store, [...set, "-"], { input: "another one\n" });
    expect(await stored()).toBe("another one");
  });

  it("is typed without being shown, can be corrected, and given up", async () => {
    const type = async (keys: string) => {
      const typist = `
import os, pty, sys, time
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:-1])
said = ""
while "Password of the mail server:" not in said: said += os.read(terminal, 4096).decode()
time.sleep(0.3)
os.write(terminal, sys.argv[-1].encode().decode("unicode_escape").encode())
try:
    while True:
        more = os.read(terminal, 4096).decode()
        if more == "": break
        said += more
except OSError: pass
print(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
      return run("python3", ["-c", typist, program, ...set, "-", keys], { env: environmentOf(store), timeout: 60_000 });
    };
    const { stdout } = await type("correct horsx\\x7fe battery staple\\r");
    expect(await stored()).toBe(password);
    expect(stdout).toContain("mail server:     127.0.0.1");
    expect(stdout).not.toContain("horse");
    await expect(type("half\\x03")).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("given up") });
    expect(await stored()).toBe(password);
  });

  it.each([
    ["a file that is not there", () => join(folder, "nothing"), "no such file"],
    ["an empty input", () => "-", "it is empty"],
    ["a disk", () => "/dev/zero", "no secret could be read"],
  ])("is not taken from %s", async (_, path, why) => {
    const { code, err } = await sipprot(...set, path());
    expect([code, err]).toEqual([1, expect.stringContaining(why)]);
    expect(err).toContain("field:    --smtp-password-file");
    expect(await sealed()).toBeNull();
  });
});

describe("`sipprot service`", () => {
  it("says that nothing runs, and works on while the store is away", async () => {
    await store.kill();
    const { out, err, code } = await sipprot("service", "stop");
    expect([code, out]).toEqual([0, "nothing runs; start everything with: npm start\n"]);
    expect(err).toContain("not written into the audit trail");
    await store.start();
    redis = await store.open();
    const env = { ...environmentOf(store), PM2_HOME: join(store.location.stateFolder, "pm2") };
    await run(process.execPath, [fileURLToPath(new URL("../../node_modules/pm2/bin/pm2", import.meta.url)), "kill"], {
      env,
    });
  });
});
