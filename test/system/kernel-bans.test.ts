/** Bans, lists and limits with real packets: what is dropped, what passes, what outlives the process. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Limits } from "../../proxy/src/kernel/kernel.ts";
import { NftablesKernel } from "../../proxy/src/kernel/nftables-kernel.ts";
import { join, Namespace, until } from "./kernel-namespaces.ts";

const foreign = `
table inet somebody {
  set kept { type ipv4_addr; elements = { 192.0.2.1 }; }
  chain input { type filter hook input priority 0; policy accept; ip saddr @kept counter accept; }
}`;
const guarded = [
  { address: "203.0.113.10", port: 5060 },
  { address: "2001:db8:1::10", port: 5060 },
];
const noLimits: Limits = { isDnsProtected: false };
const inAnHour = () => Date.now() + 3_600_000;

let client: Namespace;
let host: Namespace;
let folder: string;
let kernel: NftablesKernel;
const open = () => new NftablesKernel({ prefix: host.prefix, runFolder: folder });

beforeAll(async () => {
  client = new Namespace("client");
  host = new Namespace("host");
  folder = mkdtempSync(joinPath(tmpdir(), "kernel-bans-"));
  join(
    [
      client,
      "to-host",
      "192.0.2.7/16",
      "192.0.2.8/16",
      "192.0.9.9/16",
      "10.9.9.9/24",
      "2001:db8:2:1::7/48",
      "2001:db8:2:2::7/48",
    ],
    [host, "to-client", "203.0.113.10/24", "192.0.2.1/16", "10.9.9.1/24", "2001:db8:1::10/64", "2001:db8:2::1/48"],
  );
  client.run("ip route add 203.0.113.0/24 via 192.0.2.1");
  client.run("ip -6 route add 2001:db8:1::/64 via 2001:db8:2::1");
  host.nft(foreign);
  await host.start("kernel-pbx.mjs", "203.0.113.10", "5060,5061,69,53");
  await host.start("kernel-pbx.mjs", "2001:db8:1::10", "5060,69");
  await until(async () => (await answered("2001:db8:2:1::7")) && answered("192.0.2.7"));
});
afterAll(() => {
  for (const namespace of [client, host]) namespace?.remove();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  kernel = open();
});
afterEach(() => kernel.remove());

let nextPort = 20_000;
/** True when a datagram (or, over TCP, a connection) from that source is answered. */
async function answered(source: string, targetPort = 5060, protocol: "udp" | "tcp" = "udp"): Promise<boolean> {
  nextPort += 1;
  const target = source.includes(":") ? "2001:db8:1::10" : "203.0.113.10";
  const exchange = { protocol, source, sourcePort: nextPort, target, targetPort, waitMs: 250 };
  return (await client.exchange("kernel-client.mjs", [exchange]))[0]?.outcome === "answer";
}

describe("a ban", () => {
  it("drops that source's packets to the protected ports, both protocols, and nothing else", async () => {
    await kernel.setGuarded(guarded);
    await kernel.setBans([
      { source: "192.0.2.7", untilMs: inAnHour() },
      { source: "2001:db8:2:1::/64", untilMs: inAnHour() },
    ]);
    expect(await answered("192.0.2.7")).toBe(false);
    expect(await answered("192.0.2.7", 5060, "tcp")).toBe(false);
    expect(await answered("192.0.2.7", 5061)).toBe(true);
    expect(await answered("192.0.2.8")).toBe(true);
    expect(await answered("2001:db8:2:1::7")).toBe(false);
    expect(await answered("2001:db8:2:2::7")).toBe(true);
    await kernel.liftBans(["192.0.2.7"]);
    expect(await answered("192.0.2.7")).toBe(true);
  });

  it("ends by itself, and is prolonged by a second order", async () => {
    await kernel.setGuarded(guarded);
    await kernel.addBans([{ source: "192.0.2.7", untilMs: Date.now() + 700 }]);
    expect(await answered("192.0.2.7")).toBe(false);
    await until(() => answered("192.0.2.7"), 3000);
    await kernel.addBans([{ source: "192.0.2.7", untilMs: Date.now() + 700 }]);
    await kernel.addBans([{ source: "192.0.2.7", untilMs: inAnHour() }]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await answered("192.0.2.7")).toBe(false);
  });

  it("counts what it drops", async () => {
    await kernel.setGuarded(guarded);
    await kernel.setBans([
      { source: "192.0.2.7", untilMs: inAnHour() },
      { source: "192.0.2.8", untilMs: inAnHour() },
    ]);
    for (let turn = 0; turn < 3; turn += 1) await answered("192.0.2.7");
    expect(await kernel.readCounters()).toEqual(new Map([["192.0.2.7", 3]]));
    expect(await kernel.readCounters()).toEqual(new Map());
    await answered("192.0.2.7");
    expect(await kernel.readCounters()).toEqual(new Map([["192.0.2.7", 1]]));
  });

  it("yields to allowed, and so does denied, whatever the prefix lengths", async () => {
    await kernel.setGuarded(guarded);
    await kernel.setBans([{ source: "192.0.2.7", untilMs: inAnHour() }]);
    await kernel.setDenied(["192.0.0.0/17", "2001:db8:2::/48"]);
    expect(await answered("192.0.9.9")).toBe(false);
    expect(await answered("2001:db8:2:2::7")).toBe(false);
    await kernel.setAllowed(["192.0.2.6/31", "192.0.9.9", "2001:db8:2:2::/64"]);
    expect(await answered("192.0.2.7")).toBe(true);
    expect(await answered("192.0.9.9")).toBe(true);
    expect(await answered("192.0.2.8")).toBe(false);
    expect(await answered("2001:db8:2:2::7")).toBe(true);
    expect(await answered("2001:db8:2:1::7")).toBe(false);
    await kernel.changeAllowed(new Map([["192.0.2.0/24", true]]));
    expect(await answered("192.0.2.8")).toBe(true);
    await kernel.setAllowed(["2001:db8:2:1::7"]);
    expect([await answered("192.0.2.7"), await answered("192.0.2.8")]).toEqual([false, false]);
    expect(await answered("2001:db8:2:1::7")).toBe(true);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, allowed: 1 });
  });

  it("outlives the process, killed or ended, and is adopted by the next with its counter", async () => {
    const bans = [{ source: "192.0.2.7", untilMs: inAnHour() }];
    const keeper = await host.start("kernel-keeper.mjs", JSON.stringify({ runFolder: folder, guarded, bans }));
    expect(await answered("192.0.2.7")).toBe(false);
    keeper.child.kill("SIGKILL");
    await keeper.ended;
    expect(await answered("192.0.2.7")).toBe(false);
    await kernel.setGuarded(guarded);
    expect(await answered("192.0.2.7")).toBe(false);
    await kernel.setBans([...bans, { source: "192.0.2.8", untilMs: inAnHour() }]);
    expect(await kernel.readCounters()).toEqual(new Map([["192.0.2.7", 3]]));
    await kernel.close();
    expect(await answered("192.0.2.7")).toBe(false);
    expect(await answered("192.0.2.8")).toBe(false);
    kernel = open();
    await kernel.setGuarded(guarded);
    await kernel.setBans([]);
    expect(await answered("192.0.2.7")).toBe(true);
  });
});

describe("reading back", () => {
  it.each([
    ["a flushed set", "flush set inet sipprot ban4_32"],
    ["a flushed rule set", "flush ruleset"],
    ["a flushed chain", "flush chain inet sipprot pre"],
    ["a rule of somebody else's", "insert rule inet sipprot pre accept"],
    ["a deleted element", "delete element inet sipprot deny4_24 { 192.0.9.0 }"],
    ["an added element", "add element inet sipprot allow4_32 { 192.0.2.7 }"],
    ["a flushed range", "flush set inet sipprot deny4_odd"],
  ])("finds %s, and repair puts it right", async (_, harm) => {
    await kernel.setGuarded(guarded);
    await kernel.setBans([{ source: "192.0.2.7", untilMs: inAnHour() }]);
    await kernel.setDenied(["192.0.9.0/24", "10.9.9.0/25"]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [] });
    host.nft(harm);
    const state = await kernel.readBack();
    expect(state.isInStep).toBe(false);
    expect(state.differences.length).toBeGreaterThan(0);
    await kernel.repair();
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [] });
    expect(await answered("192.0.2.7")).toBe(false);
    if (harm === "flush ruleset") host.nft(foreign);
  });

  it("leaves what is somebody else's alone", async () => {
    const others = () => host.run("nft list table inet somebody").replace(/packets \d+ bytes \d+/g, "");
    const before = others();
    await kernel.setGuarded(guarded);
    await kernel.setLimits({ isDnsProtected: true, tftp: { requestsPerMinute: 10, burstRequests: 5 } });
    await kernel.setBans([{ source: "192.0.2.7", untilMs: inAnHour() }]);
    await kernel.remove();
    expect(others()).toBe(before);
    expect(host.run("nft list tables")).toBe("table inet somebody\n");
  });
});

it("loads 100,000 networks within seconds, in step, without stopping the process", async () => {
  const networks = Array.from(
    { length: 100_000 },
    (_, index) => `172.${16 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
  );
  let longestStopMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    longestStopMs = Math.max(longestStopMs, performance.now() - lastMs - 5);
    lastMs = performance.now();
  }, 5);
  const startedAtMs = performance.now();
  await kernel.setDenied(networks);
  const loadedMs = performance.now() - startedAtMs;
  const state = await kernel.readBack();
  clearInterval(timer);
  console.log(`100,000 networks: loaded in ${Math.round(loadedMs)} ms, longest stop ${Math.round(longestStopMs)} ms`);
  expect(state).toMatchObject({ isInStep: true, denied: 100_000 });
  expect(loadedMs).toBeLessThan(5000);
});

/** Sends datagrams from one socket inside the client and gives those that were answered, by number. */
async function send(datagrams: {
  hex: string;
  count: number;
  targetPort: number;
  source: string;
  sourcePort: number;
  target?: string;
}) {
  return (await client.exchange("kernel-sender.mjs", datagrams)).length;
}

describe("the TFTP limit", () => {
  // A read request of a phone (RFC 1350): opcode 1, file name, mode.
  const readRequest = Buffer.from("\0\x01SEP001122334455.cnf.xml\0octet\0", "latin1").toString("hex");
  const phone = { hex: readRequest, targetPort: 69, sourcePort: 34_567 };

  it("lets a source's burst pass and no more, never touches its neighbours, and spares the allowed", async () => {
    await kernel.setGuarded(guarded);
    await kernel.setLimits({ isDnsProtected: false, tftp: { requestsPerMinute: 10, burstRequests: 100 } });
    const passed = await send({ ...phone, source: "192.0.2.7", count: 300 });
    expect(passed).toBeGreaterThanOrEqual(100);
    expect(passed).toBeLessThanOrEqual(102);
    expect(await send({ ...phone, source: "192.0.2.8", count: 20 })).toBe(20);
    const target = "2001:db8:1::10";
    expect(await send({ ...phone, source: "2001:db8:2:1::7", target, count: 150 })).toBeLessThanOrEqual(102);
    expect(await send({ ...phone, source: "2001:db8:2:2::7", target, count: 20 })).toBe(20);
    await kernel.setAllowed(["192.0.2.7"]);
    expect(await send({ ...phone, source: "192.0.2.7", count: 50 })).toBe(50);
    await kernel.setAllowed([]);
    await kernel.setLimits(noLimits);
    expect(await send({ ...phone, source: "192.0.2.7", count: 150 })).toBe(150);
  });
});

describe("the DNS protection", () => {
  /** An answer (RFC 1035 4.1.1: QR set, one question, one answer) padded to a size. */
  const answer = (bytes: number) =>
    Buffer.concat([Buffer.from("abcd81800001000100000000", "hex"), Buffer.alloc(bytes - 12)]);
  const nameServer = { targetPort: 5060, source: "192.0.2.8", sourcePort: 53, count: 1 };

  it("drops answers larger than the resolver's buffer, passes those that fit, and spares the allowed", async () => {
    await kernel.setLimits({ isDnsProtected: true });
    for (const bytes of [100, 512, 1232, 2048])
      expect(await send({ ...nameServer, hex: answer(bytes).toString("hex") })).toBe(1);
    for (const bytes of [2049, 4096]) expect(await send({ ...nameServer, hex: answer(bytes).toString("hex") })).toBe(0);
    expect(await send({ ...nameServer, sourcePort: 5353, hex: answer(4096).toString("hex") })).toBe(1);
    await kernel.setAllowed(["192.0.2.8"]);
    expect(await send({ ...nameServer, hex: answer(4096).toString("hex") })).toBe(1);
    await kernel.setAllowed([]);
    await kernel.setLimits(noLimits);
    expect(await send({ ...nameServer, hex: answer(4096).toString("hex") })).toBe(1);
  });

  it.each([
    [1500, true],
    [2048, true],
    [2049, false],
    [30_000, false],
  ])("over TCP, an answer of %d bytes passes: %s", async (bytes, passes) => {
    await kernel.setLimits({ isDnsProtected: true });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes);
    const hex = Buffer.concat([length, answer(bytes)]).toString("hex");
    const server = client.exchange("kernel-name-server.mjs", { address: "192.0.2.8", hex });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [heard] = await host.exchange("kernel-resolver.mjs", {
      source: "203.0.113.10",
      target: "192.0.2.8",
      bytes: bytes + 2,
    });
    await server;
    expect(heard?.outcome).toBe(passes ? "whole" : "cut");
  });
});

describe("whole-host geo", () => {
  it("drops what begins at the countries listed, and never an answer to the host's own", async () => {
    await kernel.setGuarded(guarded);
    await kernel.setLimits({
      isDnsProtected: false,
      wholeHostGeo: { drops: "listed", networks: ["192.0.2.0/28", "2001:db8:2:1::/64"] },
    });
    expect(await answered("192.0.2.7", 5061)).toBe(false);
    expect(await answered("192.0.9.9", 5061)).toBe(true);
    expect(await answered("2001:db8:2:1::7")).toBe(false);
    const server = client.exchange("kernel-name-server.mjs", { address: "192.0.2.7", hex: "00ff" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [heard] = await host.exchange("kernel-resolver.mjs", {
      source: "203.0.113.10",
      target: "192.0.2.7",
      bytes: 2,
    });
    await server;
    expect(heard?.outcome).toBe("whole");
    await kernel.setAllowed(["192.0.2.7"]);
    expect(await answered("192.0.2.7", 5061)).toBe(true);
  });

  it("in allow mode drops all others but private space", async () => {
    await kernel.setLimits({ isDnsProtected: false, wholeHostGeo: { drops: "unlisted", networks: ["192.0.9.0/24"] } });
    expect(await answered("192.0.9.9", 5061)).toBe(true);
    expect(await answered("192.0.2.7", 5061)).toBe(false);
    expect(await answered("10.9.9.9", 5061)).toBe(true);
    // Nothing is known of IPv6 here: it stays open.
    expect(await answered("2001:db8:2:1::7")).toBe(true);
  });
});
