import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { Block } from "@sipprot/shared/block";
import { findBlocks, unblock } from "@sipprot/shared/store/block-store";
import { readEvents } from "@sipprot/shared/store/event-store";
import { readHosts } from "@sipprot/shared/store/host-store";
import { putListEntries, readListEntry } from "@sipprot/shared/store/list-store";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gate } from "../../proxy/src/gate.ts";
import type { Effect } from "../../proxy/src/policy/decision.ts";
import { RelayPlacement } from "../../proxy/src/relay-placement.ts";
import { readSecret } from "../../proxy/src/secret.ts";
import { loadSnapshot } from "../../proxy/src/sync/snapshot.ts";
import { startTestRedis, type TestRedis, until } from "./redis-server.ts";
import { aBlock, anEntry } from "./sync-samples.ts";

const workerProgram = fileURLToPath(new URL("./stub-worker.mjs", import.meta.url));
const loopback = "127.0.0.1";
let server: TestRedis;
let redis: Redis;
const folders: string[] = [];
const gates: Gate[] = [];
const author = () => ({ by: "test", nowMs: Date.now() });

/** What the stub worker answers. */
interface Told {
  readonly allow: string[];
  readonly deny: string[];
  readonly blocks: Block[];
  readonly kinds: string[];
  readonly standing: unknown[];
  readonly failures: { account: string; count: number }[];
  readonly settings: { blockThreshold: number };
  readonly pid: number;
}

async function startGate(name: string, port: number, stateFolder?: string): Promise<{ gate: Gate; folder: string }> {
  const folder = stateFolder ?? (await mkdtemp(join(tmpdir(), `sync-gate-${name}-`)));
  folders.push(folder);
  const boot = {
    mode: "relay",
    protect: [],
    listen: [{ address: loopback, port }],
    pbx: { address: loopback, port: 5080 },
    innerPort: 5090,
    redisUrl: `unix://${server.location.stateFolder}/redis/redis.sock`,
    control: { address: loopback, port: 1 },
    web: { address: loopback, port: 1 },
    tlsCertFile: undefined,
    tlsKeyFile: undefined,
    health: { address: loopback, port: port + 1 },
    stateFolder: folder,
    secretsKeyFile: undefined,
    workers: 1,
    io: "auto",
    hostName: name,
    confirmSeconds: 60,
  } as const;
  const gate = new Gate({
    config: { boot, path: "relay", pathReason: "", workers: 1, version: "0", isVerbose: false },
    log: pino({ level: "silent" }),
    secret: readSecret(folder),
    loaded: await loadSnapshot(folder),
    workerProgram,
    placement: new RelayPlacement(boot.listen, boot.pbx, boot.innerPort),
    kernel: undefined,
  });
  gates.push(gate);
  await gate.start();
  return { gate, folder };
}

/** Asks the stub worker behind a port; undefined when it does not answer. */
function ask(port: number, what: { effects?: readonly Effect[]; crash?: true } = {}): Promise<Told | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    const end = (told: Told | undefined) => {
      clearTimeout(timer);
      socket.close();
      resolve(told);
    };
    const timer = setTimeout(() => end(undefined), 300);
    socket.on("message", (bytes) => end(JSON.parse(bytes.toString())));
    socket.on("error", () => end(undefined));
    socket.send(JSON.stringify(what), port, loopback);
  });
}

const isBlocked = async (port: number, source: string) =>
  (await ask(port))?.blocks.some((block) => block.source === source) === true;
const getHealth = async (port: number) => {
  const response = await fetch(`http://${loopback}:${port + 1}/health`);
  const body = (await response.json()) as { status: string; parts: { part: string; state: string; detail: string }[] };
  return { code: response.status, ...body, part: (name: string) => body.parts.find((one) => one.part === name) };
};
const blockEffect = (source: string, more: Partial<Block> = {}): Effect => ({
  kind: "block",
  block: aBlock(source, Date.now(), more),
});

/** Where the system has a process in its order. */
async function orderOf(pid: number): Promise<{ policy: "other" | "round robin" | "another"; nice: number }> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
  const policy = ({ 0: "other", 2: "round robin" } as const)[fields[38] ?? ""] ?? "another";
  return { policy, nice: Number(fields[16]) };
}

/** A container may forbid it. */
const mayOrder = spawnSync("chrt", ["--rr", "1", "true"]).status === 0;

beforeEach(async () => {
  server = await startTestRedis("gate");
  redis = await server.open();
});
afterEach(async () => {
  for (const gate of gates.splice(0)) await gate.stop();
  await server.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

describe("the main process", () => {
  it("feeds its worker before it opens, and tells it of every change after", async () => {
    await putListEntries(redis, "deny", [anEntry("192.0.2.0/24")], author());
    await changeSettings(redis, { blockThreshold: 7 }, "test");
    await startGate("pbx1", 25_460);
    const told = await ask(25_460);
    expect(told?.kinds[0]).toBe("start");
    expect(told?.kinds.at(-1)).toBe("open");
    expect(told?.deny).toEqual(["192.0.2.0/24"]);
    expect(told?.settings.blockThreshold).toBe(7);
    await putListEntries(redis, "allow", [anEntry("198.51.100.7")], author());
    await until("the change", async () => (await ask(25_460))?.allow.includes("198.51.100.7") === true, 1000);
  });

  it("makes a block on one host a block on all within a second, and a lift likewise", async () => {
    await startGate("pbx1", 25_460);
    await startGate("pbx2", 25_470);
    await ask(25_460, { effects: [blockEffect("192.0.2.7")] });
    await until("blocked on the other host", () => isBlocked(25_470, "192.0.2.7"), 1000);
    expect((await findBlocks(redis, "192.0.2.7"))[0]?.host).toBe("pbx1");
    await ask(25_460, { effects: [blockEffect("192.0.2.8")] });
    await until("the second block", () => isBlocked(25_470, "192.0.2.8"), 1000);
    await unblock(redis, "192.0.2.7", author());
    await until("lifted on the other host", async () => !(await isBlocked(25_470, "192.0.2.7")), 1000);
    expect(await isBlocked(25_470, "192.0.2.8")).toBe(true);
  });

  it("denies for good what the guards allow, and counts failures of all hosts together", async () => {
    await startGate("pbx1", 25_460);
    await startGate("pbx2", 25_470);
    const deny = (source: string): Effect => ({ kind: "deny", block: aBlock(source, Date.now(), { strikes: 3 }) });
    await ask(25_460, {
      effects: [deny("192.0.2.7"), deny(loopback), { kind: "account-failure", account: "1001", atMs: 5 }],
    });
    await until("on the denylist of the other host", async () => (await ask(25_470))?.deny.length === 1, 1500);
    expect(await readListEntry(redis, "deny", "192.0.2.7")).toMatchObject({ addedBy: "proxy:pbx1" });
    expect(await readListEntry(redis, "deny", loopback)).toBeUndefined();
    await until("told of the failure", async () => (await ask(25_470))?.failures[0]?.account === "1001", 1500);
    expect((await ask(25_460))?.failures).toEqual([]);
  });

  it("goes on when Redis is killed, keeps what was decided, and has what was changed elsewhere", async () => {
    await startGate("pbx1", 25_460);
    await putListEntries(redis, "deny", [anEntry("198.51.100.1")], author());
    await until("the first change", async () => (await ask(25_460))?.deny.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1100)); // the append-only file is synced each second
    await server.kill();
    await until("health says so", async () => (await getHealth(25_460)).part("redis")?.state === "degraded", 3000);
    const event = {
      kind: "refused",
      atMs: Date.now(),
      count: 3,
      host: "pbx1",
      endpoint: "x",
      transport: "udp",
      source: "192.0.2.7",
      gate: "denied",
      reason: { gate: "denied", network: "192.0.2.7" },
      proven: false,
      method: "REGISTER",
      agent: "",
    } as const;
    expect(await ask(25_460, { effects: [blockEffect("192.0.2.7"), { kind: "event", event }] })).toBeDefined();
    expect((await getHealth(25_460)).code).toBe(200);
    await server.start();
    redis = await server.open();
    await putListEntries(redis, "deny", [anEntry("198.51.100.2")], author());
    await until("the change made meanwhile", async () => (await ask(25_460))?.deny.length === 2, 3000);
    await until("the block is in Redis", async () => (await findBlocks(redis, "192.0.2.7")).length === 1, 3000);
    await until("the event is in Redis", async () => (await readEvents(redis, 1))[0]?.events[0]?.count === 3, 3000);
    expect((await ask(25_460))?.deny).toEqual(["198.51.100.1", "198.51.100.2"]);
    await until("health is well", async () => (await getHealth(25_460)).status === "ok", 3000);
  });

  it("starts without Redis from its snapshot and says so", async () => {
    const { gate, folder } = await startGate("pbx1", 25_460);
    await putListEntries(redis, "deny", [anEntry("192.0.2.0/24")], author());
    await until("the change", async () => (await ask(25_460))?.deny.length === 1);
    await ask(25_460, { effects: [blockEffect("198.51.100.7", { strikes: 2 })] });
    await until("the block", () => findBlocks(redis, "198.51.100.7").then((found) => found.length === 1));
    await gate.stop();
    await server.kill();
    await startGate("pbx1", 25_460, folder);
    const told = await ask(25_460);
    expect(told?.deny).toEqual(["192.0.2.0/24"]);
    expect(told?.blocks[0]?.source).toBe("198.51.100.7");
    expect(told?.standing).toEqual([[{ of: 0 }, { alsoOf: 0 }]]);
    const health = await getHealth(25_460);
    expect(health.code).toBe(200);
    expect(health.status).toBe("degraded");
    expect(health.part("redis")?.detail).toContain("the snapshot of");
  });

  it("starts a worker again that was killed, and feeds it anew", async () => {
    await startGate("pbx1", 25_460);
    await putListEntries(redis, "deny", [anEntry("192.0.2.0/24")], author());
    await until("the change", async () => (await ask(25_460))?.deny.length === 1);
    const pid = (await ask(25_460))?.pid;
    await ask(25_460, { crash: true });
    await until("another worker", async () => ![undefined, pid].includes((await ask(25_460))?.pid), 5000);
    expect((await ask(25_460))?.deny).toEqual(["192.0.2.0/24"]);
    await until("health is well", async () => (await getHealth(25_460)).part("data-path")?.state === "ok", 3000);
  });

  it.skipIf(!mayOrder)(
    "puts its worker before everything on the machine while a long list is loaded, and only before itself afterwards",
    async () => {
      await startGate("pbx1", 25_460);
      const pid = (await ask(25_460))?.pid ?? 0;
      const ahead = { policy: "other", nice: getPriority() - 7 };
      await until("the worker is ahead", async () => isDeepStrictEqual(await orderOf(pid), ahead));
      const entries = Array.from({ length: 2000 }, (_, index) => anEntry(`192.0.${index >> 8}.${index & 255}`));
      await putListEntries(redis, "deny", entries, author());
      await until("the worker is first", async () => (await orderOf(pid)).policy === "round robin");
      await until("the list is in force", async () => (await ask(25_460))?.deny.length === 2000);
      await until("the worker is where it was", async () => isDeepStrictEqual(await orderOf(pid), ahead), 5000);
    },
  );

  it("tells its figures to Prometheus, and nothing to anything but GET", async () => {
    await startGate("pbx1", 25_460);
    const metrics = async () => await (await fetch(`http://${loopback}:25461/metrics`)).text();
    await until("counted", async () => (await metrics()).includes('verdict="pass",gate="none"'));
    const text = await metrics();
    expect(text).toMatch(/sipprot_added_latency_seconds_bucket\{le="\+Inf"\} \d*[02468]\n/);
    expect(text).toContain('sipprot_connections{worker="0"} 3');
    expect(text).toContain("sipprot_redis_in_step 1");
    expect((await fetch(`http://${loopback}:25461/health`, { method: "POST" })).status).toBe(405);
    expect((await fetch(`http://${loopback}:25461/secret`)).status).toBe(404);
    await until("its record", async () => (await readHosts(redis))[0]?.name === "pbx1", 7000);
  });
});
