/** Every change the command line makes is in the audit trail: who, what, with what was there before and after. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describeCommands } from "@sipprot/control/cli/completion/tree";
import { describeProgram } from "@sipprot/control/cli/program";
import type { AuditRecord } from "@sipprot/shared/audit";
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
const pm2 = fileURLToPath(new URL("../../node_modules/pm2/bin/pm2", import.meta.url));
let store: TestRedis;
let redis: Redis;
let folder: string;
let lists: Server;
let listUrl: string;

beforeAll(async () => {
  store = await startTestRedis("audit");
  redis = await store.open();
  folder = await mkdtemp(join(tmpdir(), "sipprot-audit-"));
  await writeFile(join(folder, "list.csv"), "192.0.2.9,from a file\nnonsense\n");
  await writeFile(join(folder, "secret"), "correct horse battery staple\n");
  lists = createServer((_, response) => response.end("203.0.113.5\n"));
  await new Promise<void>((resolve) => lists.listen(0, "127.0.0.1", resolve));
  listUrl = `http://127.0.0.1:${(lists.address() as AddressInfo).port}/list`;
  const settings = {
    SIPPROT_STATE: store.location.stateFolder,
    SIPPROT_MODE: "relay",
    SIPPROT_LISTEN: "127.0.0.1:25060",
    SIPPROT_PBX: "127.0.0.1:25080",
    SIPPROT_HEALTH: "127.0.0.1:28082",
    SIPPROT_WORKERS: "1",
  };
  await writeFile(
    join(folder, "relay.conf"),
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
});
afterAll(async () => {
  const env = { ...environmentOf(store), PM2_HOME: join(store.location.stateFolder, "pm2") };
  await run(process.execPath, [pm2, "kill"], { env });
  lists.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await redis.flushall();
  await redis.set(redisKeys.layout, 1);
});

const sipprot = (...args: string[]) => runSipprot(store, args);
const file = (name: string) => join(folder, name);

async function readTrail(): Promise<AuditRecord[]> {
  return JSON.parse((await sipprot("audit", "--json", "--limit", "1000")).out).records;
}

interface Change {
  readonly path: string;
  /** What must be there first. */
  readonly prepare?: () => Promise<unknown>;
  /** Behind the path. */
  readonly words?: () => readonly string[] | Promise<readonly string[]>;
  readonly action: string;
  /** Parts of the record. */
  readonly before?: string;
  readonly after?: string;
  readonly outcome?: string;
}

const listChanges = (["allow", "deny"] as const).flatMap((list): Change[] => {
  const add = () => sipprot("list", list, "add", "192.0.2.9", "--note", "old");
  return [
    {
      path: `list ${list} add`,
      prepare: add,
      words: () => ["192.0.2.9", "--note", "new"],
      action: "lists.add",
      before: '"note":"old"',
      after: '"note":"new"',
    },
    {
      path: `list ${list} remove`,
      prepare: add,
      words: () => ["192.0.2.9"],
      action: "lists.remove",
      before: '"network":"192.0.2.9"',
      after: "[]",
    },
    {
      path: `list ${list} import`,
      words: () => [file("list.csv")],
      action: "lists.import",
      before: '"entries":0',
      after: '"entries":1',
    },
    {
      path: `list ${list} remove-file`,
      prepare: add,
      words: () => [file("list.csv")],
      action: "lists.removeFile",
      before: '"entries":1',
      after: '"entries":0',
    },
  ];
});

/** A dangerous change that waits for its confirmation. */
const tryFailingClosed = async () => {
  await sipprot("settings", "set", "failOpen", "true");
  await sipprot("settings", "set", "failOpen", "false", "--trial");
};
const addFeed = () => sipprot("feed", "add", "drop", "http://192.0.2.1/drop.txt");
const addUsers = async () => {
  await sipprot("user", "add", "ann", "--role", "administrator");
  await sipprot("user", "add", "bob");
};

const changes: Change[] = [
  ...listChanges,
  {
    path: "unblock",
    prepare: () => putBlocks(redis, [aBlock("198.51.100.7", Date.now())], { by: "test", nowMs: Date.now() }),
    words: () => ["198.51.100.7"],
    action: "blocks.lift",
    before: '"source":"198.51.100.7"',
    after: "[]",
  },
  {
    path: "settings set",
    words: () => ["blockThreshold", "5"],
    action: "settings.change",
    before: '{"blockThreshold":3}',
    after: '{"blockThreshold":5}',
  },
  {
    path: "settings confirm",
    prepare: tryFailingClosed,
    // What was there before is in the record of the change itself.
    action: "settings.confirm",
    after: '{"failOpen":false}',
  },
  {
    path: "settings undo",
    prepare: tryFailingClosed,
    action: "settings.undo",
    before: '{"failOpen":false}',
    after: '{"failOpen":true}',
  },
  { path: "feed add", words: () => ["drop", listUrl], action: "feeds.add", after: '"id":"drop"' },
  { path: "feed remove", prepare: addFeed, words: () => ["drop"], action: "feeds.remove", before: '"id":"drop"' },
  {
    path: "feed disable",
    prepare: addFeed,
    words: () => ["drop"],
    action: "feeds.put",
    before: '"isOn":true',
    after: '"isOn":false',
  },
  {
    path: "feed enable",
    prepare: async () => {
      await addFeed();
      await sipprot("feed", "disable", "drop");
    },
    words: () => ["drop"],
    action: "feeds.put",
    before: '"isOn":false',
    after: '"isOn":true',
  },
  {
    path: "feed refresh",
    prepare: () => sipprot("feed", "add", "drop", listUrl),
    action: "feeds.fetchNow",
    before: '"state":"waiting"',
    after: '"state":"ok"',
  },
  {
    path: "notify set",
    words: () => ["--smtp-host", "127.0.0.1", "--from", "a@example.com", "--smtp-password-file", file("secret")],
    action: "notifications.change",
    before: '"smtp":null',
    after: '"host":"127.0.0.1"',
  },
  {
    path: "notify test",
    prepare: () => sipprot("notify", "set", "--webhook", "http://127.0.0.1:1/"),
    words: () => ["webhook"],
    action: "notifications.sendTest",
    after: '"isTaken":false',
  },
  {
    path: "user add",
    words: () => ["ann", "--role", "operator"],
    action: "users.add",
    after: '"name":"ann","role":"operator"',
  },
  {
    path: "user role",
    prepare: addUsers,
    words: () => ["bob", "operator"],
    action: "users.setRole",
    before: '"role":"viewer"',
    after: '"role":"operator"',
  },
  { path: "user reset", prepare: addUsers, words: () => ["bob"], action: "users.reset", before: '"name":"bob"' },
  {
    path: "user disable",
    prepare: addUsers,
    words: () => ["bob"],
    action: "users.setDisabled",
    before: '"isDisabled":false',
    after: '"isDisabled":true',
  },
  {
    path: "user enable",
    prepare: addUsers,
    words: () => ["bob"],
    action: "users.setDisabled",
    after: '"isDisabled":false',
  },
  { path: "user remove", prepare: addUsers, words: () => ["bob"], action: "users.remove", before: '"name":"bob"' },
  { path: "token create", words: () => ["pbx"], action: "tokens.create", after: '"name":"pbx"' },
  {
    path: "token revoke",
    prepare: () => sipprot("token", "create", "pbx"),
    words: async () => [JSON.parse((await sipprot("token", "list", "--json")).out)[0].id],
    action: "tokens.revoke",
    before: '"name":"pbx"',
  },
  {
    path: "setup",
    prepare: () => redis.flushall(),
    action: "setup",
    before: '{"isPrepared":false}',
    after: '"isPrepared":true',
  },
  {
    path: "restore",
    prepare: async () => {
      await rm(file("backup"), { force: true });
      await sipprot("backup", file("backup"));
      await sipprot("list", "deny", "add", "192.0.2.9");
    },
    words: () => [file("backup")],
    action: "restore",
    before: '"deny":1',
    after: '"removed":1',
  },
  {
    path: "host remove",
    prepare: () =>
      putHost(redis, {
        name: "old",
        version: "1.0.0",
        path: "relay",
        endpoints: [],
        workers: 1,
        startedAtMs: 0,
        seenAtMs: 0,
        lastChangeId: "0-0",
        health: [],
      }),
    words: () => ["old"],
    action: "hosts.remove",
    before: '"name":"old"',
  },
  // In this order: each finds what the one before left.
  { path: "service start", action: "services.act", before: "[]", after: '"status":"online"' },
  { path: "service reload", action: "services.act", before: '"status":"online"', after: '"status":"online"' },
  { path: "service restart", action: "services.act", before: '"status":"online"', after: '"status":"online"' },
  { path: "service stop", action: "services.act", before: '"status":"online"', after: "[]" },
];

/** What only looks, or writes nothing but a file of its own. */
const readings = [
  "status",
  "report",
  "check",
  "explain",
  "watch",
  "list allow show",
  "list allow export",
  "list deny show",
  "list deny export",
  "settings get",
  "settings pending",
  "feed list",
  "notify show",
  "user list",
  "token list",
  "audit",
  "doctor",
  "backup",
  "service status",
  "host list",
  "completion",
  "version",
  "help",
];

describe("the audit trail", () => {
  it("is accounted for by every command there is", () => {
    const commands = describeCommands(describeProgram())
      .filter((node) => node.commands.length === 0)
      .map((node) => node.path.trim());
    expect([...changes.map(({ path }) => path), ...readings].sort()).toEqual(commands.sort());
  });

  it.each(changes)(
    "has what `sipprot $path` does",
    async ({ path, prepare, words, action, before, after, outcome = "done" }) => {
      await prepare?.();
      const given = (await words?.()) ?? [];
      const earlier = (await readTrail()).length;
      const config = path.startsWith("service") ? ["--config", file("relay.conf")] : [];
      // Of a service it is asked where its workers stand, as relay.conf says.
      const environment = path.startsWith("service") ? { SIPPROT_HEALTH: "127.0.0.1:28082" } : {};
      const { err } = await runSipprot(store, [...config, ...path.split(" "), ...given], { environment });
      expect(err).toBe("");
      const made = (await readTrail()).slice(earlier);
      expect(made).toMatchObject([{ by: "alice (cli)", from: "", action, outcome }]);
      if (before !== undefined) expect(made[0]?.before).toContain(before);
      if (after !== undefined) expect(made[0]?.after).toContain(after);
      expect(JSON.stringify(made)).not.toMatch(/correct horse|sp_[\w-]{20}|(\w{5}-){3}\w{5}/);
    },
  );

  it("has a mailed report, by name and with the server's answer", async () => {
    await sipprot("report", "--mail");
    const mail = ["--smtp-host", "127.0.0.1", "--smtp-port", "1", "--smtp-security", "none"];
    await sipprot("notify", "set", ...mail, "--from", "a@example.com", "--recipients", "b@example.com");
    await sipprot("report", "--mail");
    const made = (await readTrail()).filter(({ action: one }) => one === "reports.mail");
    expect(made).toMatchObject([
      { outcome: "not-found" },
      { outcome: "done", after: expect.stringContaining("ECONNREFUSED") },
    ]);
  });

  it("has a removal before it begins, in namespaces of its own", async () => {
    const script = `mount -t tmpfs tmpfs /usr/local/bin && mount -t tmpfs tmpfs /usr/local/share && "$1" setup --remove`;
    const { stdout } = await run("unshare", ["-nm", "sh", "-c", script, "sh", program], { env: environmentOf(store) });
    expect(stdout).toContain("kernel tables and settings: removed");
    expect((await readTrail()).at(-1)).toMatchObject({
      action: "setup.remove",
      outcome: "done",
      before: '{"isPrepared":true}',
    });
  });

  it("has what was refused as well, and nothing of what only looks", async () => {
    await sipprot("list", "deny", "add", "0.0.0.0/0");
    await sipprot("settings", "set", "blockThreshold", "99");
    await sipprot("status", "--all");
    await sipprot("setup");
    await sipprot("check", "192.0.2.1");
    expect(await readTrail()).toMatchObject([
      { action: "lists.add", outcome: "guarded-network" },
      { action: "settings.change", outcome: "bad-setting" },
    ]);
  });

  it("is searched by name, action and time, and shown whole or as a table that fits", async () => {
    await sipprot("list", "deny", "add", "192.0.2.9", "--note", "x".repeat(400));
    await sipprot("user", "add", "ann");
    const shown = async (...options: string[]) =>
      JSON.parse((await sipprot("audit", "--json", ...options)).out).records;
    expect(await shown("--action", "users")).toMatchObject([{ action: "users.add" }]);
    expect(await shown("--by", "bob")).toEqual([]);
    expect(await shown("--since", "1m")).toHaveLength(2);
    expect((await sipprot("audit", "--limit", "1")).out).toContain("1 earlier changes are not shown");
    expect((await sipprot("audit", "--full")).out).toContain('before: []\n    after:  [{"network":"192.0.2.9"');
    const { out } = await runSipprot(store, ["audit"], { columns: 80 });
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("that cannot be written is told, and what was done was done", async () => {
    await redis.set(redisKeys.audit, "no stream");
    const { code, err } = await sipprot("list", "deny", "add", "192.0.2.9");
    expect([code, err]).toEqual([0, expect.stringContaining("could not be written into the audit trail")]);
    expect(await redis.hlen(redisKeys.list("deny"))).toBe(1);
  });
});
