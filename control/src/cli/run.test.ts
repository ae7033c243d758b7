import { setTimeout as pause } from "node:timers/promises";
import type { Block } from "@sipprot/shared/block";
import { HOST_SILENT_AFTER_MS, type Host } from "@sipprot/shared/host";
import { REDIS_LAYOUT, redisKeys } from "@sipprot/shared/redis-keys";
import { putBlocks } from "@sipprot/shared/store/block-store";
import { readLastChangeId } from "@sipprot/shared/store/change-stream";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { putHost } from "@sipprot/shared/store/host-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { runCommandLine } from "./run.ts";

let store: TestRedis;
let redis: Redis;

beforeAll(async () => {
  store = await startTestRedis("cli");
  redis = await store.open();
});

afterAll(async () => {
  await store.close();
});

beforeEach(async () => {
  await redis.flushall();
});

async function run(...args: string[]) {
  let out = "";
  let err = "";
  const environment = {
    SIPPROT_STATE: store.location.stateFolder,
    SIPPROT_HEALTH: "127.0.0.1:1",
    SUDO_USER: "alice",
    SSH_CONNECTION: "203.0.113.77 50000 203.0.113.10 22",
  };
  const code = await runCommandLine(args, {
    environment,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

const block: Block = {
  source: "198.51.100.7",
  gate: "scanner",
  reason: { gate: "scanner", agent: "evil\u001b[2J", pattern: "evil" },
  sinceMs: Date.now() - 60_000,
  untilMs: Date.now() + 3_600_000,
  proven: true,
  strikes: 2,
  refused: 41,
  inKernel: true,
  agent: "evil\u001b[2J",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  host: "pbx1",
  evidence: [
    { atMs: Date.now(), from: "198.51.100.7:5060", transport: "udp", text: "REGISTER sip:a SIP/2.0\r\nX: \u0007\r\n" },
  ],
};

const host = (lastChangeId: string, seenAtMs = Date.now()): Host => ({
  name: "pbx1",
  version: "1.0.0",
  path: "transparent",
  endpoints: ["203.0.113.10:5060"],
  workers: 1,
  startedAtMs: 0,
  seenAtMs,
  lastChangeId,
  health: [{ part: "kernel-bans", state: "ok", detail: "in step", sinceMs: 0 }],
});

describe("sipprot status", () => {
  it("prints the number of IPs per list, as operators know it", async () => {
    await run("list", "allow", "add", "203.0.113.0/24");
    await putBlocks(redis, [block], { by: "test", nowMs: Date.now() });
    expect(await run("status")).toEqual({
      code: 0,
      err: "",
      out: `+---------------------+------------+
| LIST                | NUM OF IPS |
+---------------------+------------+
| Allow               |          1 |
+---------------------+------------+
| Deny                |          0 |
+---------------------+------------+
| Dynamic (temporary) |          1 |
+---------------------+------------+
`,
    });
    expect(JSON.parse((await run("s", "--json")).out)).toEqual({ allow: 1, deny: 0, dynamic: 1 });
  });

  it("prints lists with their countries, also when the flag has one dash", async () => {
    await run("list", "allow", "add", "83.164.34.163", "8.8.8.8");
    const expected = `Allowlist:
+---------------+---------------+
| IP ADDRESS    |       COUNTRY |
+---------------+---------------+
| 83.164.34.163 |       Austria |
+---------------+---------------+
| 8.8.8.8       | United States |
+---------------+---------------+
`;
    expect((await run("status", "--allow")).out).toBe(expected);
    expect((await run("status", "-allow")).out).toBe(expected);
    const all = await run("status", "--all");
    expect(all.out).toContain("Denylist:\n");
    expect(all.out).toContain("Dynamic list (temporary):\n");
  });
});

describe("sipprot list", () => {
  it("keeps note, time and author, and removes", async () => {
    await run("list", "deny", "add", "192.0.2.9", "2001:DB8:0:0::/48", "--note", "seen\u001b[31m", "--for", "24h");
    const shown = JSON.parse((await run("l", "deny", "show", "--json")).out);
    expect(shown).toMatchObject([
      { ip: "192.0.2.9", note: "seen\u001b[31m", added_by: "alice (cli)", expires: shown[0].time + 86_400 },
      { ip: "2001:db8::/48" },
    ]);
    expect((await run("list", "deny", "show")).out).toContain("seen\\x1b[31m");
    expect((await run("list", "deny", "remove", "192.0.2.9")).out).toBe("192.0.2.9 was taken off the Denylist\n");
    expect(await redis.hlen(redisKeys.list("deny"))).toBe(1);
  });

  it.each([
    [["deny", "add", "192.0.2.1", "198.51.100.7/24"], "bad-network", "198.51.100.0/24"],
    [["deny", "add", "192.0.2.1", "office"], "bad-network", "office"],
    [["deny", "add", "192.0.2.1", "0.0.0.0/0"], "guarded-network", "0.0.0.0/0"],
    [["deny", "add", "192.0.2.1", "127.0.0.1"], "guarded-network", "127.0.0.1"],
    [["deny", "add", "192.0.2.1", "203.0.113.0/24"], "guarded-network", "signed in from"],
    [["allow", "add", "192.0.2.1", "::/0"], "guarded-network", "::/0"],
    [["deny", "add", "192.0.2.1", "--note", "x".repeat(501)], "bad-list-entry", "note"],
    [["deny", "add", "192.0.2.1", "--for", "soon"], "bad-input", "--for"],
    [["allow", "remove", "192.0.2.1"], "not-found", "192.0.2.1"],
  ])("%j is refused as %s, and nothing is changed", async (args, code, part) => {
    const answer = await run("list", ...args);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain(`code:     ${code}`);
    expect(answer.err).toContain(part);
    expect(JSON.parse((await run("list", ...args, "--json")).err).error.code).toBe(code);
    expect(await redis.exists(redisKeys.list("deny"), redisKeys.list("allow"))).toBe(0);
  });

  it("does not deny what is allowed, and lifts the blocks of what is allowed now", async () => {
    await putBlocks(redis, [block], { by: "test", nowMs: Date.now() });
    const allowed = await run("list", "allow", "add", "198.51.100.0/24");
    expect(allowed.out).toContain("block lifted: 198.51.100.7");
    expect((await run("list", "deny", "add", "198.51.100.7")).err).toContain(
      "sipprot list allow remove 198.51.100.0/24",
    );
    expect((await run("status", "--json")).out).toContain('"dynamic": 0');
  });
});

describe("sipprot check", () => {
  it("names every list an address is on, networks included", async () => {
    await run("list", "deny", "add", "198.51.100.0/24");
    await run("list", "allow", "add", "198.51.100.7");
    expect((await run("check", "198.51.100.7")).out).toBe(
      "IP address '198.51.100.7' found in Allowlist\nIP address '198.51.100.7' found in Denylist (as part of 198.51.100.0/24)\n",
    );
    expect((await run("check", "198.51.101.1")).out).toBe("IP address '198.51.101.1' not found on any list\n");
    expect((await run("check", "300.1.1.1")).err).toContain("bad-network");
  });

  it("says why a block was made, and shows its messages without their control characters", async () => {
    await putBlocks(redis, [block], { by: "test", nowMs: Date.now() });
    const answer = await run("check", "198.51.100.7", "--why");
    expect(answer.out).toContain("found in Dynamic list\n    why: scanner: user agent");
    expect(answer.out).toContain("41 messages refused, dropped by the kernel");
    expect(answer.out).toContain("        X: \\x07");
    expect(answer.out).not.toMatch(/[\u0007\u001b]/);
  });
});

describe("sipprot unblock", () => {
  it("lifts, and says that no proxy is there to confirm it", async () => {
    await putBlocks(redis, [block], { by: "test", nowMs: Date.now() });
    const answer = await run("unblock", "198.51.100.7");
    expect(answer).toMatchObject({ code: 0, err: "" });
    expect(answer.out).toContain("block lifted: 198.51.100.7");
    expect(answer.out).toContain("no proxy is running");
    expect((await run("unblock", "198.51.100.7")).out).toContain("was in no dynamic block");
  });

  it("waits for a living host, not for one that fell silent, and names a denylist entry that goes on refusing", async () => {
    await run("list", "deny", "add", "198.51.100.0/24");
    await putHost(redis, { ...host("0-0", Date.now() - HOST_SILENT_AFTER_MS - 1000), name: "old" });
    await putHost(redis, host("0-0"));
    const answering = run("unblock", "198.51.100.7");
    const before = await readLastChangeId(redis);
    while ((await readLastChangeId(redis)) === before) await pause(5);
    await putHost(redis, host(await readLastChangeId(redis)));
    const answer = await answering;
    expect(answer.out).toContain("host pbx1: lifted in the proxy and in the kernel");
    expect(answer.out).toContain("sipprot list deny remove 198.51.100.0/24");
    expect(answer).toMatchObject({ code: 0 });
  });

  it("takes one address only", async () => {
    expect((await run("unblock", "198.51.100.0/24")).err).toContain("code:     bad-address");
  });
});

describe("sipprot settings", () => {
  it("changes one, tells what it means, and shows it", async () => {
    expect((await run("settings", "set", "blockThreshold", "5")).out).toBe("blockThreshold: 3 -> 5\n");
    expect((await run("settings", "get", "blockThreshold")).out).toBe("5\n");
    expect(JSON.parse((await run("settings", "get", "--json")).out).blockThreshold).toBe(5);
    expect((await run("settings", "get")).out).toMatch(
      /\| blockThreshold +\| 5 +\| Blocks of one source .* \(default: 3\) +\|/,
    );
    await run("settings", "set", "geoCountries", "FR,BE");
    expect((await run("settings", "set", "geoMode", "allow")).out).toContain("does not come from FR, BE is refused");
    expect((await run("settings", "set", "geoCountries", "")).err).toContain("code:     not-permitted");
  });

  it.each([
    ["blockThreshold", "99"],
    ["nonsense", "1"],
    ["geoMode", "allow"],
  ])("refuses %s = %s by name", async (name, value) => {
    const answer = await run("settings", "set", name, value);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain(`field:    ${name}`);
    expect(await redis.exists(redisKeys.settings)).toBe(0);
  });
});

describe("sipprot report", () => {
  const attack = {
    kind: "refused",
    atMs: Date.UTC(2026, 10, 21, 23),
    count: 3,
    host: "pbx1",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    source: "198.51.100.7",
    country: "DE",
    gate: "scanner",
    reason: block.reason as never,
    proven: false,
    method: "REGISTER",
    agent: "",
  } as const;

  it("prints the day that is asked for, as table, CSV or JSON", async () => {
    await writeEvents(redis, [attack]);
    const table = await run("r", "--date", "2026-11-21");
    expect(table.out).toContain("Date: Sat, 21 Nov 2026\n");
    expect(table.out).toContain("| 198.51.100.7 | Germany | SCANNER:REGISTER | 203.0.113.10 |      3 |");
    expect((await run("report", "--date", "2026-11-21", "--csv")).out).toContain("198.51.100.7,Germany");
    expect(JSON.parse((await run("report", "--date", "2026-11-21", "--json")).out)).toMatchObject({ total: 3 });
    expect(JSON.parse((await run("report", "--json")).out)).toMatchObject({ total: 0 });
    expect((await run("report", "--date", "yesterday")).err).toContain("code:     bad-date");
  });

  it("says what to do when there is nobody to mail it to", async () => {
    expect((await run("report", "--mail")).err).toContain("set a mail server and a recipient first");
    expect((await run("report", "--mail", "--csv")).code).toBe(2);
  });
});

describe("sipprot setup", () => {
  it("prepares the store once, and refuses one of another version", async () => {
    expect((await run("setup")).out).toBe("the store is prepared\n");
    expect(await redis.get(redisKeys.layout)).toBe(String(REDIS_LAYOUT));
    expect((await run("setup")).out).toContain("nothing to do");
    await redis.set(redisKeys.layout, "99");
    expect(await run("status")).toMatchObject({ code: 1, out: "" });
    expect((await run("setup")).err).toContain("layout 99");
  });
});

describe("sipprot doctor", () => {
  it("looks at everything, and ends with 1 because the proxy does not run", async () => {
    await run("setup");
    const answer = await run("doctor");
    expect(answer).toMatchObject({ code: 1, err: "" });
    expect(answer.out).toContain("✓ store: Redis answers at unix://");
    expect(answer.out).toContain("✓ store persistence");
    expect(answer.out).toMatch(/✗ proxy: nothing answers .*\n {4}remedy: /);
    expect(JSON.parse((await run("doctor", "--json")).out).problems).toBe(1);
  });
});

describe("sipprot user and token", () => {
  it("add and reset accounts with a password shown once, and leave their trail", async () => {
    const added = JSON.parse((await run("user", "add", "ann", "--role", "operator", "--json")).out);
    expect(added).toMatchObject({ user: { name: "ann", role: "operator", mustChangePassword: true } });
    const again = await run("user", "add", "ann");
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("already-there")]);
    const reset = await run("user", "reset", "ann");
    expect(reset.out).toMatch(/^ann \(operator\), one-time password: (\w{5}-){3}\w{5} /);
    expect(reset.out).not.toContain(added.password);
    expect((await run("user", "list")).out).toContain("| ann  | operator | no            | one-time | on    |");
    expect((await run("user", "disable", "ann")).out).toBe("ann: off, its sessions ended\n");
    expect((await run("user", "list")).out).toContain("| one-time | off   |");
    expect((await run("user", "enable", "ann")).out).toBe("ann: on\n");
    const trail = JSON.stringify(await redis.xrange(redisKeys.audit, "-", "+"));
    for (const word of ["alice (cli)", "users.add", "already-there", "users.reset", "users.setDisabled"])
      expect(trail).toContain(word);
    expect(trail).not.toContain(added.password);
  });
  it("create tokens shown once, and revoke them", async () => {
    const made = JSON.parse((await run("token", "create", "pbx", "--for", "1h", "--json")).out);
    expect(made.secret).toMatch(/^sp_/);
    const listed = await run("token", "list");
    expect(listed.out).toContain("alice (cli)");
    expect(listed.out).not.toContain(made.secret);
    expect((await run("token", "revoke", made.token.id)).code).toBe(0);
    expect((await run("token", "revoke", made.token.id)).err).toContain("not-found");
    expect((await run("user", "add", "a b")).err).toContain("bad-input");
    expect((await run("token", "create", "x", "--role", "root")).code).toBe(2);
  });
});
