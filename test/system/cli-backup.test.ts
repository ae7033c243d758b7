/** `sipprot backup` and `restore` on a real store: everything comes back but secrets, or nothing is changed at all. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Preferences } from "@sipprot/shared/preferences";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { findBlocks, putBlocks } from "@sipprot/shared/store/block-store";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { putListEntries, readListEntry } from "@sipprot/shared/store/list-store";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import { StoreFollower } from "@sipprot/shared/store/store-follower";
import fc from "fast-check";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeBranding } from "../../control/src/store/branding-store.ts";
import { until } from "../lab/until.ts";
import { environmentOf, runSipprot } from "./cli.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";
import { aBlock, anEntry } from "./sync-samples.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../control/bin/sipprot", import.meta.url));
const author = { by: "root (cli)", nowMs: Date.now() };
let store: TestRedis;
let redis: Redis;
let folder: string;
let files = 0;

beforeAll(async () => {
  store = await startTestRedis("backup");
  redis = await store.open();
  folder = await mkdtemp(join(tmpdir(), "sipprot-backups-"));
});
beforeEach(async () => {
  await redis.flushall();
  await sipprot("setup");
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const sipprot = (...args: string[]) => runSipprot(store, args);

async function backUp(): Promise<string> {
  const file = newFile();
  expect(await sipprot("backup", file)).toMatchObject({ code: 0, err: "" });
  return file;
}

function newFile(): string {
  files += 1;
  return join(folder, `${files}.jsonl`);
}

async function writeNew(text: string): Promise<string> {
  const file = newFile();
  await writeFile(file, text);
  return file;
}

/**
 * What a backup holds: without its first line, which has the time, and without the trail and the checksum over it: every
 * restore leaves a record.
 */
async function recordsOf(file: string): Promise<string> {
  const text = await readFile(file, "utf8");
  return text.slice(text.indexOf("\n") + 1, text.search(/^\{"kind":"(audit|end)"/m));
}

/** Every key with its bytes, but for the audit trail. */
async function dump(): Promise<Map<string, string>> {
  const keys = (await redis.keys("*")).filter((key) => key !== redisKeys.audit).sort();
  const dumped = new Map<string, string>();
  for (const key of keys) dumped.set(key, ((await redis.dumpBuffer(key)) ?? Buffer.alloc(0)).toString("hex"));
  return dumped;
}

const accountOf = async (name: string) => JSON.parse((await redis.hget(redisKeys.users, name)) ?? "{}");

/** Sets how somebody wants the pages, as their own page does. */
async function prefer(name: string, preferences: Preferences): Promise<void> {
  await redis.hset(redisKeys.users, name, JSON.stringify({ ...(await accountOf(name)), preferences }));
}

/** Some of everything, secrets included. */
async function fill(): Promise<void> {
  await sipprot("settings", "set", "blockThreshold", "5");
  await sipprot("settings", "set", "geoCountries", "FR,BE");
  await sipprot("settings", "set", "geoMode", "deny");
  await putListEntries(redis, "allow", [anEntry("192.0.2.0/24", { note: "the office, « Lyon » 東京 \u0007" })], author);
  const untilSeconds = Math.floor(Date.now() / 1000) + 86_400;
  const denied = Array.from({ length: 1500 }, (_, index) => anEntry(`198.51.${index >> 8}.${index & 255}`));
  denied.push(
    anEntry("2001:db8::/48", { expiresAtSeconds: untilSeconds }),
    anEntry("203.0.113.77", { addedBy: "feed:drop" }),
  );
  await putListEntries(redis, "deny", denied, author);
  await sipprot("feed", "add", "drop", "https://lists.example/drop.txt", "--every", "1h");
  await sipprot("feed", "add", "old", "https://lists.example/old.txt");
  await sipprot("feed", "remove", "old");
  await redis.sadd(redisKeys.feedCopy("drop"), "203.0.113.77", "203.0.113.78");
  const secret = join(folder, `secret-${files}`);
  await writeFile(secret, "correct horse battery staple\n");
  const mail = [
    "--smtp-host",
    "mail.example",
    "--from",
    "pbx@example.com",
    "--recipients",
    "it@example.com",
    "--smtp-user",
    "pbx",
  ];
  await sipprot(
    "notify",
    "set",
    ...mail,
    "--smtp-password-file",
    secret,
    "--webhook",
    "https://hook.example/x",
    "--webhook-secret-file",
    secret,
  );
  const logo = { type: "image/png" as const, version: "0123456789abcdef", file: "iVBORw0KGgo=" };
  const { version, type } = logo;
  const picture = { version, type, width: 9, height: 9, plates: [] };
  await writeBranding(redis, { productName: "Phonegate", accent: "#7a1fa2", logo: picture }, logo);
  await sipprot("user", "add", "ann", "--role", "administrator");
  await sipprot("user", "add", "bob");
  await prefer("ann", { language: "fr", colorScheme: "dark", timeZone: "Europe/Paris" });
  await sipprot("token", "create", "pbx");
  const evidence = [
    { atMs: 1, from: "198.18.0.7:5060", transport: "udp" as const, text: "REGISTER sip:a SIP/2.0\r\n\u0000\u00ff" },
  ];
  await putBlocks(
    redis,
    [
      aBlock("198.18.0.7", Date.now(), { strikes: 2, evidence }),
      aBlock("198.18.0.8", Date.now(), { account: "100" }),
      aBlock("198.18.0.9", Date.now() - 7_200_000, { strikes: 4 }),
    ],
    author,
  );
  await writeEvents(redis, [
    {
      kind: "refused",
      atMs: Date.now() - 86_400_000,
      count: 41,
      host: "pbx1",
      endpoint: "203.0.113.10:5060",
      transport: "udp",
      source: "198.18.0.7",
      country: "FR",
      gate: "scanner",
      reason: { gate: "scanner", agent: "x", pattern: "x" },
      proven: false,
      method: "REGISTER",
      agent: "friendly|scanner\n",
    },
  ]);
}

describe("a backup", () => {
  it("restored into an empty store gives the same backup again", async () => {
    await fill();
    const before = await backUp();
    await redis.flushall();
    const restored = await sipprot("restore", before);
    expect(restored).toMatchObject({ code: 0, err: "" });
    expect(restored.out).toContain("Denylist:      1502 added, 0 removed, 0 changed, 0 the same");
    expect(restored.out).toContain("sipprot user reset ann");
    expect(await recordsOf(await backUp())).toBe(await recordsOf(before));
    for (const kind of [
      "setting",
      "allow",
      "deny",
      "feed",
      "feed-network",
      "notifications",
      "branding",
      "user",
      "block",
      "strike",
      "count",
      "audit",
    ]) {
      expect(await readFile(before, "utf8")).toContain(`{"kind":"${kind}"`);
    }
  });

  it("of any notes, names and times comes back as it was", async () => {
    const text = (maxLength: number) => fc.string({ unit: "binary", maxLength });
    const entries = fc.uniqueArray(
      fc.record(
        {
          network: fc.ipV4().filter((address) => !address.startsWith("127.")),
          note: text(500),
          addedAtSeconds: fc.nat(),
          addedBy: text(200),
          expiresAtSeconds: fc.integer({ min: 4_000_000_000, max: 9_000_000_000 }),
        },
        { requiredKeys: ["network", "note", "addedAtSeconds", "addedBy"] },
      ),
      { selector: ({ network }) => network, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        await redis.flushall();
        await putListEntries(redis, "allow", list, author);
        const file = await backUp();
        await redis.flushall();
        expect((await sipprot("restore", file)).code).toBe(0);
        expect(await recordsOf(await backUp())).toBe(await recordsOf(file));
        for (const entry of list) expect(await readListEntry(redis, "allow", entry.network)).toEqual(entry);
      }),
      { numRuns: 25 },
    );
  });

  it("has no secret in it", async () => {
    await fill();
    const file = await backUp();
    const text = await readFile(file, "utf8");
    const secrets = [
      ...Object.values(await redis.hgetall(redisKeys.notificationSecrets)),
      ...Object.values(await redis.hgetall(redisKeys.users)).map((user) => JSON.parse(user).passwordHash),
      ...Object.keys(await redis.hgetall(redisKeys.tokens)),
    ];
    expect(secrets).toHaveLength(5);
    for (const secret of [...secrets, "correct horse battery staple"]) expect(text).not.toContain(secret);
    // The trail may say that there was one.
    expect(await recordsOf(file)).not.toMatch(/scrypt|password"|secret/i);
  });

  it("is for its owner alone, and is never written over", async () => {
    const file = await backUp();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, "utf8");
    expect((await sipprot("backup", file)).err).toContain("already exists");
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("that finds no room on the disk is an error, and leaves no half of itself", async () => {
    await fill();
    const script = `mount -t tmpfs -o size=32k tmpfs "$1" && { "$2" backup "$1/b.jsonl"; echo "code $?"; ls -A "$1"; }`;
    const { stdout, stderr } = await run(
      "unshare",
      ["-m", "sh", "-c", script, "sh", await mkdtemp(`${folder}/full-`), program],
      {
        env: environmentOf(store),
      },
    );
    expect(stdout).toBe("code 1\n");
    expect(stderr).toContain("no space left on device");
  });

  it("goes through pipes, and is no success when the pipe breaks", async () => {
    await fill();
    const environment = environmentOf(store);
    const pipe = (script: string) => run("bash", ["-c", script, "bash", program], { env: environment });
    const file = newFile();
    await pipe(`set -o pipefail; "$1" backup - | gzip > ${file}`);
    await redis.flushall();
    await pipe(`set -o pipefail; gunzip < ${file} | "$1" restore -`);
    expect(await redis.hlen(redisKeys.list("deny"))).toBe(1502);
    const broken = await pipe(`"$1" backup - | head -c 10 > /dev/null; echo "\${PIPESTATUS[0]}"`);
    expect(broken.stdout).toBe("1\n");
  });
});

describe("a restore", () => {
  it("changes nothing when it is a rehearsal, and says what the real one does", async () => {
    await fill();
    const file = await backUp();
    await sipprot("settings", "set", "blockThreshold", "7");
    await sipprot("list", "deny", "add", "203.0.113.99");
    await sipprot("list", "allow", "remove", "192.0.2.0/24");
    await sipprot("feed", "add", "new", "https://lists.example/new.txt");
    const before = await dump();
    const rehearsed = JSON.parse((await sipprot("restore", file, "--dry-run", "--json")).out);
    expect(await dump()).toEqual(before);
    expect(rehearsed.difference).toMatchObject({
      allow: { added: 1, removed: 0, changed: 0, same: 0 },
      deny: { added: 0, removed: 1, changed: 0, same: 1502 },
      settings: { blockThreshold: { before: 7, after: 5 } },
      feeds: { added: 0, removed: 1 },
    });
    const { out, code } = await sipprot("restore", file, "--json");
    expect([code, JSON.parse(out).difference]).toEqual([0, rehearsed.difference]);
    expect(await recordsOf(await backUp())).toBe(await recordsOf(file));
    expect(await redis.keys(redisKeys.restore("*"))).toEqual([]);
  });

  it("of a file that was cut or damaged anywhere changes nothing", async () => {
    await fill();
    const good = await readFile(await backUp(), "utf8");
    await sipprot("list", "deny", "add", "203.0.113.99");
    const before = await dump();
    const header = good.indexOf("\n") + 1;
    const damage = fc.record({
      at: fc.integer({ min: header, max: good.length - 1 }),
      isCut: fc.boolean(),
      bit: fc.nat(6),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, isCut, bit }) => {
        const bytes = Buffer.from(good);
        if (!isCut) bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
        const { code, err } = await runSipprot(store, [
          "restore",
          await writeNew((isCut ? bytes.subarray(0, at) : bytes).toString("latin1")),
        ]);
        expect([code, err]).toEqual([1, expect.stringContaining("code:     bad-backup")]);
      }),
      { numRuns: 25 },
    );
    expect(await dump()).toEqual(before);
  });

  it.each([
    ["nothing", "", "the file is empty"],
    ["a list", "IP_ADDRESS,NOTE,TIME,ADDED_BY\n", "it does not begin as a backup does"],
    ["a format to come", '{"kind":"sipprot-backup","format":2,"new":true}\n', "update sipprot first"],
    [
      "a version to come",
      '{"kind":"sipprot-backup","format":1,"version":"99.0.0","host":"a","madeAtMs":1}\n',
      "made by sipprot 99.0.0",
    ],
    ["half a header", '{"kind":"sipprot-backup","format":1}\n', "its first line is damaged"],
    ["one endless line", "x".repeat(600 * 1024), "a line has more than"],
    [
      "a prototype",
      '{"kind":"sipprot-backup","format":1,"version":"0.1.0","host":"a","madeAtMs":1}\n{"__proto__":{"kind":"user"}}\n',
      "line 2 is damaged",
    ],
    [
      "a role there is not",
      '{"kind":"sipprot-backup","format":1,"version":"0.1.0","host":"a","madeAtMs":1}\n{"kind":"user","name":"x","role":"root","createdAtMs":1}\n',
      "line 2 is damaged",
    ],
  ])("of %s is refused with the reason", async (_, text, why) => {
    const answer = await sipprot("restore", await writeNew(text));
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("code:     bad-backup");
    expect(answer.err).toContain(why);
    expect(await redis.keys(redisKeys.restore("*"))).toEqual([]);
  });

  it("says that a file is missing, and takes nothing that follows the end of a backup", async () => {
    expect((await sipprot("restore", join(folder, "nothing"))).err).toContain("code:     not-found");
    const file = await backUp();
    expect((await sipprot("restore", await writeNew(`${await readFile(file, "utf8")}{}\n`))).err).toContain(
      "something follows its end",
    );
  });

  it("leaves out what must not be denied here, names it, and restores the rest", async () => {
    const entries = ["198.51.100.0/24", "203.0.113.77", "192.0.2.7"].map((network) => anEntry(network));
    const soonOver = anEntry("192.0.2.200", { expiresAtSeconds: Math.floor(Date.now() / 1000) + 1 });
    await putListEntries(redis, "deny", [...entries, soonOver], author);
    const file = await backUp();
    await redis.flushall();
    await until(() => Date.now() / 1000 > (soonOver.expiresAtSeconds ?? 0), 5000);
    const environment = { SSH_CONNECTION: "203.0.113.77 50000 203.0.113.10 22", SIPPROT_PROTECT: "198.51.100.9:5060" };
    const { code, out } = await runSipprot(store, ["restore", file], { environment });
    expect(code).toBe(1);
    expect(out).toContain("198.51.100.0/24 on the denylist: 198.51.100.9 is an address of the PBX");
    expect(out).toContain("203.0.113.77 on the denylist: 203.0.113.77 is the address you are signed in from");
    expect(out).toContain("192.0.2.200 on the denylist: its time is over");
    expect(await redis.hkeys(redisKeys.list("deny"))).toEqual(["192.0.2.7"]);
  });

  it("does not lock people out: accounts that are there keep their password, and those not in it stay", async () => {
    await sipprot("user", "add", "ann", "--role", "administrator");
    await sipprot("user", "add", "bob", "--role", "operator");
    const file = await backUp();
    await sipprot("user", "role", "bob", "administrator");
    await sipprot("user", "add", "eve");
    await sipprot("user", "remove", "ann");
    const before = (await accountOf("bob")).passwordHash;
    const { out } = await sipprot("restore", file);
    expect(out).toContain("accounts:      1 added, 1 with another role");
    expect(out).toContain("kept, though not in the backup: eve");
    expect((await accountOf("bob")).passwordHash).toBe(before);
    expect(
      JSON.parse((await sipprot("user", "list", "--json")).out).map(
        ({ name, role }: { name: string; role: string }) => `${name} ${role}`,
      ),
    ).toEqual(["ann administrator", "bob operator", "eve viewer"]);
    expect((await sipprot("user", "reset", "ann")).out).toContain("one-time password");
  });

  it("gives people back how they want the pages, and keeps what they chose where the backup has nothing", async () => {
    await sipprot("user", "add", "ann");
    await sipprot("user", "add", "bob");
    await prefer("ann", { language: "fr", timeZone: "Europe/Paris" });
    const file = await backUp();
    // The same in another order is no difference.
    await prefer("ann", { timeZone: "Europe/Paris", language: "fr" });
    await prefer("bob", { colorScheme: "dark" });
    expect((await sipprot("restore", file, "--dry-run")).out).toContain("0 with other preferences");
    await prefer("ann", { language: "en" });
    expect((await sipprot("restore", file, "--dry-run")).out).toContain("1 with other preferences");
    expect((await accountOf("ann")).preferences).toEqual({ language: "en" });
    expect((await sipprot("restore", file)).out).toContain("1 with other preferences");
    expect((await accountOf("ann")).preferences).toEqual({ language: "fr", timeZone: "Europe/Paris" });
    expect((await accountOf("bob")).preferences).toEqual({ colorScheme: "dark" });
    await sipprot("user", "remove", "ann");
    await sipprot("restore", file);
    expect((await accountOf("ann")).preferences).toEqual({ language: "fr", timeZone: "Europe/Paris" });
  });

  it("keeps the mail password for the server it belongs to, and gives it to no other", async () => {
    await fill();
    const file = await backUp();
    expect((await sipprot("restore", file)).code).toBe(0);
    expect(await redis.hexists(redisKeys.notificationSecrets, "smtpPassword")).toBe(1);
    await sipprot("notify", "set", "--smtp-host", "other.example");
    await redis.hset(redisKeys.notificationSecrets, "smtpPassword", "for other.example");
    await sipprot("restore", file);
    expect(await redis.hexists(redisKeys.notificationSecrets, "smtpPassword")).toBe(0);
  });

  it("adds to what the gates learnt since, and lifts what stands against the allowlist", async () => {
    await fill();
    const file = await backUp();
    await sipprot("list", "allow", "remove", "192.0.2.0/24");
    const now = Date.now();
    await putBlocks(
      redis,
      [
        aBlock("192.0.2.7", now),
        aBlock("203.0.113.50", now),
        aBlock("198.18.0.7", now, { untilMs: now + 9_000_000, strikes: 9 }),
      ],
      author,
    );
    expect((await sipprot("restore", file)).code).toBe(0);
    expect(await findBlocks(redis, "192.0.2.7")).toEqual([]);
    expect(await findBlocks(redis, "203.0.113.50")).toHaveLength(1);
    expect(await findBlocks(redis, "198.18.0.7")).toMatchObject([{ untilMs: now + 9_000_000 }]);
    expect(await redis.hget(redisKeys.strikes, "198.18.0.7")).toBe("9");
  });

  it("is followed by every proxy at once", async () => {
    await fill();
    const file = await backUp();
    const copy = new StoreCopy();
    const reader = await store.open();
    const nothing = () => undefined;
    const follower = new StoreFollower({
      redis: await store.open(),
      reader,
      copy,
      onChanges: nothing,
      onStrikes: nothing,
      giveBack: async () => false,
      keepsBlock: () => false,
      now: Date.now,
    });
    const running = follower.run();
    await until(() => copy.lists.deny.size === 1502, 10_000, "the first reading");
    await sipprot("list", "deny", "add", "203.0.113.99");
    await sipprot("list", "deny", "remove", "198.51.0.0");
    await sipprot("settings", "set", "blockThreshold", "9");
    await until(() => copy.settings.blockThreshold === 9, 10_000, "the changes");
    await sipprot("restore", file);
    await until(() => copy.lists.deny.has("198.51.0.0") && copy.settings.blockThreshold === 5, 10_000, "the restore");
    expect(copy.lists.deny.has("203.0.113.99")).toBe(false);
    expect(copy.lists.deny.size).toBe(1502);
    follower.stop();
    reader.disconnect();
    await running;
  });

  it("that is killed on the way changes nothing, and what it staged goes by itself", async () => {
    await fill();
    const text = await readFile(await backUp(), "utf8");
    const before = await dump();
    const child = spawn(program, ["restore", "-"], {
      env: environmentOf(store),
      stdio: ["pipe", "ignore", "ignore"],
    });
    child.stdin.on("error", () => undefined);
    child.stdin.write(text.slice(0, Math.floor(text.length * 0.9)));
    await until(async () => (await redis.keys(redisKeys.restore("*"))).length > 0, 20_000, "the staging");
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await ended;
    for (const key of await redis.keys(redisKeys.restore("*"))) {
      expect(await redis.ttl(key)).toBeGreaterThan(0);
      await redis.del(key);
    }
    expect(await dump()).toEqual(before);
  });

  it("waits for a feed that is being fetched", async () => {
    const file = await backUp();
    await redis.set(redisKeys.feedLock, "another", "PX", 2000);
    expect(await sipprot("restore", file)).toMatchObject({ code: 0 });
  });

  it("puts the trail of then among that of now: nothing is lost, nothing is there twice", async () => {
    await sipprot("settings", "set", "blockThreshold", "5");
    await sipprot("user", "add", "ann");
    const trail = async () =>
      JSON.parse((await sipprot("audit", "--json")).out).records.map(({ id: _, ...record }: { id: string }) => record);
    const actions = async () => (await trail()).map(({ action }: { action: string }) => action);
    const before = await trail();
    const file = await backUp();
    await redis.flushall();
    await sipprot("setup");
    await sipprot("list", "deny", "add", "203.0.113.99");
    expect((await sipprot("restore", file)).out).toContain("records of the audit trail");
    expect((await trail()).slice(0, before.length)).toEqual(before);
    expect((await actions()).slice(before.length)).toEqual(["setup", "lists.add", "restore"]);
    await sipprot("restore", file);
    expect((await actions()).slice(before.length)).toEqual(["setup", "lists.add", "restore", "restore"]);
    expect(await redis.keys(redisKeys.restore("*"))).toEqual([]);
  });

  it("brings a disabled account back disabled, and enables none that is disabled now", async () => {
    await sipprot("user", "add", "ann");
    await sipprot("user", "add", "bob");
    const disable = async (name: string) =>
      redis.hset(redisKeys.users, name, JSON.stringify({ ...(await accountOf(name)), isDisabled: true }));
    await disable("ann");
    const file = await backUp();
    await sipprot("user", "remove", "ann");
    await disable("bob");
    await sipprot("restore", file);
    expect([(await accountOf("ann")).isDisabled, (await accountOf("bob")).isDisabled]).toEqual([true, true]);
  });

  it("is in the audit trail, and a rehearsal is not", async () => {
    const file = await backUp();
    await sipprot("restore", file, "--dry-run");
    await sipprot("restore", await writeNew("nothing\n"));
    await sipprot("restore", file);
    const { records } = JSON.parse((await sipprot("audit", "--action", "restore", "--json")).out);
    expect(records).toMatchObject([
      { by: "alice (cli)", action: "restore", outcome: "bad-backup" },
      { by: "alice (cli)", action: "restore", outcome: "done", after: expect.stringContaining('"madeAtMs"') },
    ]);
  });
});

describe("half a million entries", () => {
  it("are backed up and restored in little memory", async () => {
    const step = 10_000;
    for (let start = 0; start < 500_000; start += step) {
      const entries = Array.from({ length: step }, (_, index) => {
        const number = start + index;
        const network = `${20 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}.1`;
        return [network, JSON.stringify(anEntry(network, { note: `attacker number ${number}` }))];
      });
      await redis.hset(redisKeys.list("deny"), ...entries.flat());
    }
    const file = newFile();
    // The heap is held to so little that half a million entries do not fit; to keep them all at once would end it.
    const environment = { ...environmentOf(store), NODE_OPTIONS: "--max-old-space-size=96" };
    const call = async (...args: string[]) => (await run(program, args, { env: environment, timeout: 280_000 })).stdout;
    const beganAtMs = Date.now();
    await call("backup", file);
    const backedUpAtMs = Date.now();
    await redis.flushall();
    expect(await call("restore", file)).toContain("500000 added");
    const restoredAtMs = Date.now();
    process.stderr.write(
      `500,000 entries: backup ${backedUpAtMs - beganAtMs} ms, restore ${restoredAtMs - backedUpAtMs} ms, ` +
        `${(await stat(file)).size} bytes\n`,
    );
    const again = newFile();
    await call("backup", again);
    expect((await recordsOf(again)) === (await recordsOf(file))).toBe(true);
  }, 600_000);
});
