/** The steering with real packets: a client, this host behind a strict firewall, and a guest, each in a namespace. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { NftablesKernel } from "../../proxy/src/kernel/nftables-kernel.ts";
import {
  listHeartbeats,
  listSocketPairs,
  type Place,
  type SteeringDescription,
} from "../../proxy/src/kernel/steering-description.ts";
import { type Heard, join, Namespace, type Running, run, until } from "./kernel-namespaces.ts";

/** Opens the SIP ports and nothing else, as a careful operator does. */
const operatorsFirewall = `
table inet operators {
  chain input {
    type filter hook input priority 0; policy drop;
    iif lo accept
    ct state established,related accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
    udp dport { 5060, 5080 } accept
    tcp dport { 5060, 5080 } accept
    ip daddr 100.64.253.1 accept
    ip6 daddr fd00:5060::1 accept
  }
}`;

let client: Namespace;
let host: Namespace;
let guest: Namespace;
let folder: string;
let kernel: NftablesKernel;
const started: Running[] = [];

const own: Place = { kind: "host" };
const behind: Place = { kind: "routed-guest", interface: "to-guest" };
const describeIt = (over: Partial<SteeringDescription> = {}): SteeringDescription => ({
  endpoints: [
    { address: "203.0.113.10", ports: [5060, 5080], place: own },
    { address: "2001:db8:1::10", ports: [5060], place: own },
    { address: "198.51.100.20", ports: [5060, 5062], place: behind },
    { address: "2001:db8:3::20", ports: [5060], place: behind },
  ],
  protocols: ["udp", "tcp"],
  workers: 2,
  failOpen: true,
  hashSeed: 0x5197a5ed,
  ...over,
});

beforeAll(async () => {
  client = new Namespace("client");
  host = new Namespace("host");
  guest = new Namespace("guest");
  folder = mkdtempSync(joinPath(tmpdir(), "kernel-steering-"));
  const sources = Array.from({ length: 20 }, (_, index) => [
    `192.0.2.${100 + index}/24`,
    `2001:db8:2:${(index + 1).toString(16)}::7/64`,
  ]);
  join(
    [client, "to-host", "192.0.2.7/24", "2001:db8:2::7/48", ...sources.flat()],
    [host, "to-client", "192.0.2.1/24", "203.0.113.10/24", "2001:db8:2::1/48", "2001:db8:1::10/64"],
  );
  join(
    [host, "to-guest", "198.51.100.1/24", "2001:db8:3::1/64"],
    [guest, "to-host", "198.51.100.20/24", "2001:db8:3::20/64"],
  );
  for (const [namespace, gateway4, gateway6] of [
    [client, "192.0.2.1", "2001:db8:2::1"],
    [guest, "198.51.100.1", "2001:db8:3::1"],
  ] as const) {
    run(`ip -n ${namespace.name} route add default via ${gateway4}`);
    run(`ip -n ${namespace.name} -6 route add default via ${gateway6}`);
  }
  host.run("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=1");
  host.run("sysctl -qw net.ipv4.conf.to-client.rp_filter=1 net.ipv4.conf.to-guest.rp_filter=1");
  host.nft(operatorsFirewall);
  await host.start("kernel-pbx.mjs", "203.0.113.10", "5060,5080");
  await host.start("kernel-pbx.mjs", "2001:db8:1::10", "5060");
  await guest.start("kernel-pbx.mjs", "198.51.100.20", "5060,5062");
  await guest.start("kernel-pbx.mjs", "2001:db8:3::20", "5060");
  // Namespaces just made lose a first datagram while neighbours are found.
  const plain = targets.map(({ source, target }): Exchange => {
    return { protocol: "udp", source, sourcePort: 19_999, target, targetPort: 5060, waitMs: 300 };
  });
  await until(async () => (await talk(plain)).every(({ outcome }) => outcome === "answer"));
});
afterEach(async () => {
  for (const running of started.splice(0)) running.child.kill("SIGKILL");
  await kernel?.remove();
});
afterAll(() => {
  for (const namespace of [client, host, guest]) namespace?.remove();
  rmSync(folder, { recursive: true });
});

/** Steering in force, and a relay process for each worker. */
async function open(description = describeIt()): Promise<Running[]> {
  kernel = new NftablesKernel({ prefix: host.prefix, runFolder: folder });
  await kernel.applySteering(description);
  const relays = await Promise.all(
    Array.from({ length: description.workers }, (_, worker) => startWorker(description, worker)),
  );
  await until(async () => (await kernel.readBack()).aliveWorkers.length === description.workers);
  return relays;
}

async function startWorker(description: SteeringDescription, worker: number): Promise<Running> {
  const pairs = listSocketPairs(description).filter((pair) => pair.worker === worker);
  const heartbeats = listHeartbeats(description, worker);
  const relay = await host.start("kernel-relay.mjs", JSON.stringify({ pairs, heartbeats }));
  started.push(relay);
  return relay;
}

interface Exchange {
  protocol: "udp" | "tcp";
  source: string;
  sourcePort: number;
  target: string;
  targetPort: number;
  bytes?: number;
  text?: string;
  waitMs?: number;
  repeats?: number;
  repeatEveryMs?: number;
}
const talk = (exchanges: Exchange[]) => client.exchange("kernel-client.mjs", exchanges);
const endpoint = (address: string, port: number) => `${address}:${port}`;
const passed = (relays: Running[]) => relays.flatMap(({ lines }) => lines.filter((line) => / in /.test(line)));

function expectAnswered(exchange: Exchange, heard: Heard | undefined): void {
  expect(heard, JSON.stringify({ exchange, heard })).toMatchObject({ outcome: "answer" });
  const seen = JSON.parse(heard?.heard ?? "{}");
  expect(seen).toMatchObject({
    from: endpoint(exchange.source, exchange.sourcePort),
    localPort: exchange.targetPort,
    md5: heard?.sent,
  });
  expect(heard?.peer).toBe(endpoint(exchange.target, exchange.targetPort));
}

const targets = [
  { source: "192.0.2.7", target: "203.0.113.10", ports: [5060, 5080] },
  { source: "2001:db8:2::7", target: "2001:db8:1::10", ports: [5060] },
  { source: "192.0.2.7", target: "198.51.100.20", ports: [5060, 5062] },
  { source: "2001:db8:2::7", target: "2001:db8:3::20", ports: [5060] },
];

describe("messages", () => {
  it("pass the proxy and reach the PBX with the client's address and the same bytes, and answers come from the PBX", async () => {
    const relays = await open();
    let sourcePort = 20_000;
    const exchanges = targets.flatMap(({ source, target, ports }) =>
      ports.flatMap((targetPort) =>
        (["udp", "tcp"] as const).flatMap((protocol) =>
          [100, 1400, 5000, 60_000].map((bytes): Exchange => {
            sourcePort += 1;
            return { protocol, source, sourcePort, target, targetPort, bytes };
          }),
        ),
      ),
    );
    exchanges.push({
      protocol: "tcp",
      source: "192.0.2.7",
      sourcePort: 5060,
      target: "203.0.113.10",
      targetPort: 5060,
      bytes: 1_000_000,
    });
    const heard = await talk(exchanges);
    for (const [index, exchange] of exchanges.entries()) expectAnswered(exchange, heard[index]);
    expect(passed(relays)).toHaveLength(exchanges.length);
  });

  it("of one source meet one worker over both protocols and all endpoints of its family, and the workers share the sources", async () => {
    const relays = await open();
    const exchanges = Array.from({ length: 20 }, (_, index) =>
      targets.flatMap(({ target, ports }): Exchange[] => {
        const source = target.includes(":") ? `2001:db8:2:${(index + 1).toString(16)}::7` : `192.0.2.${100 + index}`;
        const to = { source, target, targetPort: ports[0] ?? 5060 };
        return [
          { ...to, protocol: "udp", sourcePort: 30_000 + index },
          { ...to, protocol: "tcp", sourcePort: 30_000 + index },
        ];
      }),
    ).flat();
    const heard = await talk(exchanges);
    for (const [index, exchange] of exchanges.entries()) expectAnswered(exchange, heard[index]);
    const workersOfSource = new Map<string, Set<string>>();
    for (const line of relays.flatMap(({ lines }) => lines)) {
      const [, , peer = "", , worker = ""] = line.split(" ");
      const source = peer.slice(0, peer.lastIndexOf(":"));
      if (worker !== "") workersOfSource.set(source, (workersOfSource.get(source) ?? new Set()).add(worker));
    }
    for (const [source, workers] of workersOfSource) expect([source, workers.size]).toEqual([source, 1]);
    const [first, second] = relays.map((relay) => passed([relay]).length);
    expect(Math.min(first ?? 0, second ?? 0)).toBeGreaterThan(0);
  });

  it("that the PBX begins reach the client from the PBX's own address and port, through the proxy", async () => {
    const relays = await open();
    const call = {
      protocol: "udp",
      source: "192.0.2.7",
      sourcePort: 5070,
      targetPort: 5060,
      text: "call 192.0.2.100 5099",
    } as const;
    const listener = client.exchange("kernel-listener.mjs", { address: "192.0.2.100", port: 5099, messages: 2 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await talk([
      { ...call, target: "203.0.113.10" },
      { ...call, target: "198.51.100.20", sourcePort: 5071 },
    ]);
    expect((await listener).map(({ peer }) => peer).sort()).toEqual(["198.51.100.20:5060", "203.0.113.10:5060"]);
    const out = relays.flatMap(({ lines }) => lines.filter((line) => line.startsWith("udp out 192.0.2.100:5099")));
    expect(out).toHaveLength(2);
  });

  it("from ports, sources and to sockets that must not be are dropped", async () => {
    const relays = await open();
    const pair = listSocketPairs(describeIt())[0];
    const before = passed(relays).length;
    const heard = await talk([
      {
        protocol: "udp",
        source: "192.0.2.7",
        sourcePort: 5061,
        target: "203.0.113.10",
        targetPort: pair?.downPort ?? 0,
        waitMs: 300,
      },
      {
        protocol: "tcp",
        source: "192.0.2.7",
        sourcePort: 5062,
        target: "203.0.113.10",
        targetPort: pair?.downPort ?? 0,
        waitMs: 300,
      },
      {
        protocol: "udp",
        source: "192.0.2.7",
        sourcePort: 5063,
        target: "100.64.253.1",
        targetPort: 61_008,
        waitMs: 300,
      },
    ]);
    expect(heard.map(({ outcome }) => outcome)).toEqual(["silence", "silence", "silence"]);
    client.run("python3 -", rawSender);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(passed(relays)).toHaveLength(before);
  });
});

/** Datagrams nobody honest sends: source port 0, the PBX's own address, loopback and multicast as source. */
const rawSender = `
import socket, struct
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
for source, port in [("192.0.2.7", 0), ("203.0.113.10", 5060), ("127.0.0.1", 5060), ("224.0.0.5", 5060), ("198.51.100.20", 5060)]:
    for target in ["203.0.113.10", "198.51.100.20"]:
        udp = struct.pack("!HHHH", port, 5060, 12, 0) + b"evil"
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(target))
        raw.sendto(ip + udp, (target, 0))
`;

describe("when the proxy ends", () => {
  const steady = (target: string, repeats: number): Exchange => ({
    protocol: "udp",
    source: "192.0.2.7",
    sourcePort: 5060,
    target,
    targetPort: 5060,
    waitMs: 40,
    repeatEveryMs: 50,
    repeats,
  });

  it("kill -9 of the process that holds the table gives the port back at once", async () => {
    const keeper = await startKeeper(describeIt());
    const relays = await Promise.all([0, 1].map((worker) => startWorker(describeIt(), worker)));
    await new Promise((resolve) => setTimeout(resolve, 600));
    const answers = talk([steady("203.0.113.10", 40)]);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(passed(relays).length).toBeGreaterThan(2);
    for (const { child } of [keeper, ...relays]) child.kill("SIGKILL");
    const lost = (await answers).filter(({ outcome }) => outcome !== "answer");
    expect(lost.length).toBeLessThanOrEqual(2);
    expect(host.run("nft list tables")).not.toContain("sipprot_steer");
    kernel = new NftablesKernel({ prefix: host.prefix, runFolder: folder });
  });

  it.each(["203.0.113.10", "198.51.100.20"])("a frozen worker's share of %s is back within 2.5 s", async (target) => {
    const relays = await open();
    const answers = talk([steady(target, 80)]);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const frozenAtMs = Date.now();
    for (const { child } of relays) child.kill("SIGSTOP");
    const heard = await answers;
    const back = heard.find(({ outcome, startedAtMs }) => outcome === "answer" && startedAtMs > frozenAtMs + 200);
    expect(back).toBeDefined();
    expect((back?.startedAtMs ?? Number.POSITIVE_INFINITY) - frozenAtMs).toBeLessThan(2500);
    expect(heard.at(-1)?.outcome).toBe("answer");
  });

  it("a worker known to be gone gives its share back at once, and the other goes on guarding", async () => {
    const relays = await open();
    const first = relays[0];
    first?.child.kill("SIGKILL");
    await first?.ended;
    await kernel.releaseWorker(0);
    const exchanges = Array.from(
      { length: 20 },
      (_, index): Exchange => ({
        protocol: "udp",
        source: `192.0.2.${100 + index}`,
        sourcePort: 5060,
        target: "203.0.113.10",
        targetPort: 5060,
        waitMs: 300,
      }),
    );
    const before = passed(relays).length;
    const heard = await talk(exchanges);
    expect(heard.every(({ outcome }) => outcome === "answer")).toBe(true);
    expect(passed(relays).length - before).toBeGreaterThan(0);
    expect(passed(relays).length - before).toBeLessThan(20);
  });

  it("the steering comes back by itself when only nft was killed", async () => {
    const relays = await open();
    const pid = run(`ip netns pids ${host.name}`)
      .split("\n")
      .find((line) => line !== "" && run(`cat /proc/${line.trim()}/comm`).trim() === "nft");
    process.kill(Number(pid), "SIGKILL");
    await until(async () => (await kernel.readBack()).aliveWorkers.length === 2);
    const before = passed(relays).length;
    expect((await talk([steady("203.0.113.10", 1)]))[0]?.outcome).toBe("answer");
    expect(passed(relays).length).toBe(before + 1);
    expect((await kernel.readBack()).isInStep).toBe(true);
  });

  it("fail-closed stays closed after kill -9, and the next start and a clean end open it", async () => {
    const closed = describeIt({ failOpen: false });
    const keeper = await startKeeper(closed);
    const relays = await Promise.all([0, 1].map((worker) => startWorker(closed, worker)));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await talk([steady("203.0.113.10", 1)]))[0]?.outcome).toBe("answer");
    for (const { child } of [keeper, ...relays]) child.kill("SIGKILL");
    await Promise.all([keeper.ended, ...relays.map(({ ended }) => ended)]);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    for (const target of ["203.0.113.10", "198.51.100.20"])
      expect((await talk([{ ...steady(target, 1), waitMs: 400 }]))[0]?.outcome).toBe("silence");
    await open(closed);
    expect((await talk([steady("203.0.113.10", 1)]))[0]?.outcome).toBe("answer");
    await kernel.close();
    expect((await talk([steady("203.0.113.10", 1)]))[0]?.outcome).toBe("answer");
    kernel = new NftablesKernel({ prefix: host.prefix, runFolder: folder });
  });
});

/** A process of its own that applies the steering and holds it. */
async function startKeeper(description: SteeringDescription): Promise<Running> {
  const keeper = await host.start("kernel-keeper.mjs", JSON.stringify({ description, runFolder: folder }));
  started.push(keeper);
  return keeper;
}

it("remove leaves the machine as it was", async () => {
  const state = () =>
    [
      host.run("nft list ruleset").replace(/packets \d+ bytes \d+/g, ""),
      run(`ip -n ${host.name} address show dev lo`).replace(/valid_lft.*/g, ""),
      host.run("sysctl net.ipv4.tcp_early_demux net.ipv4.conf.to-guest.rp_filter"),
    ].join("\n");
  const before = state();
  await open();
  await kernel.setBans([{ source: "192.0.2.99", untilMs: Date.now() + 60_000 }]);
  expect(state()).not.toBe(before);
  await kernel.remove();
  expect(state()).toBe(before);
  // The same by the program, after a process that could not clean up; fail-closed is the worst that can be left.
  const keeper = await startKeeper(describeIt({ failOpen: false }));
  keeper.child.kill("SIGKILL");
  await keeper.ended;
  expect(state()).not.toBe(before);
  const program = fileURLToPath(new URL("../../proxy/dist/kernel/remove.js", import.meta.url));
  host.run(`${process.execPath} ${program} ${folder}`);
  expect(state()).toBe(before);
});
