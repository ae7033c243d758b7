/** PBXs that are guests behind this host, routed and bridged: the real gate protects them, and gives the port back when it dies. */
import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { join, Namespace, run, until } from "./kernel-namespaces.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";

const client = "192.0.2.7";
const scanner = "192.0.2.66";

/** Lays the cables of one kind of guest; returns the guest's address. */
const topologies = {
  routed(outside: Namespace, host: Namespace, guest: Namespace): string {
    join([outside, "to-host", `${client}/24`], [host, "wan", "192.0.2.1/24"]);
    join([host, "tap", "198.51.100.1/24"], [guest, "to-host", "198.51.100.20/24"]);
    run(`ip -n ${outside.name} route add default via 192.0.2.1`);
    run(`ip -n ${guest.name} route add default via 198.51.100.1`);
    return "198.51.100.20";
  },
  bridged(outside: Namespace, host: Namespace, guest: Namespace): string {
    join([outside, "to-host", `${client}/24`], [host, "wan"]);
    join([host, "tap"], [guest, "to-host", "192.0.2.20/24"]);
    run(`ip -n ${host.name} link add br0 type bridge`);
    for (const port of ["wan", "tap"]) run(`ip -n ${host.name} link set ${port} master br0`);
    run(`ip -n ${host.name} link set br0 up`);
    run(`ip -n ${host.name} address add 192.0.2.1/24 dev br0`);
    return "192.0.2.20";
  },
};

describe.each(["routed", "bridged"] as const)("a PBX that is a %s guest", (kind) => {
  let outside: Namespace;
  let host: Namespace;
  let guest: Namespace;
  let redis: TestRedis;
  let gate: ChildProcess;
  let pbx: string;
  let nextPort = 21_000;

  beforeAll(async () => {
    [outside, host, guest] = [new Namespace("outside"), new Namespace("host"), new Namespace("guest")];
    pbx = topologies[kind](outside, host, guest);
    run(`ip -n ${outside.name} address add ${scanner}/32 dev lo`);
    host.run("sysctl -qw net.ipv4.ip_forward=1");
    await guest.start("kernel-pbx.mjs", pbx, "5060");
    // The host has to have spoken with its guest to know where it is.
    await until(async () => (await ask(client, "Phone"))?.outcome === "answer");
    host.run(`ping -c 1 -W 2 ${pbx}`);
    redis = await startTestRedis(`guests-${kind}`);
    const { stateFolder } = redis.location;
    gate = spawn("ip", ["netns", "exec", host.name, process.execPath, "proxy/dist/main.js"], {
      env: { ...process.env, SIPPROT_MODE: "transparent", SIPPROT_PROTECT: `${pbx}:5060`, SIPPROT_STATE: stateFolder },
      stdio: "ignore",
    });
    await until(() => isHealthy(host), 20_000);
  });
  afterAll(async () => {
    gate?.kill("SIGKILL");
    await redis?.close();
    for (const namespace of [outside, host, guest]) namespace?.remove();
  });

  /** One OPTIONS over UDP, and what came of it. */
  async function ask(source: string, agent: string) {
    nextPort += 1;
    const text = options(source, nextPort, agent);
    const exchange = {
      protocol: "udp",
      source,
      sourcePort: nextPort,
      target: pbx,
      targetPort: 5060,
      text,
      waitMs: 1000,
    };
    return (await outside.exchange("kernel-client.mjs", [exchange]))[0];
  }

  it("is asked and answers through the gate, and sees the client's own address", async () => {
    const answer = await ask(client, "Phone");
    expect(answer?.outcome).toBe("answer");
    expect(answer).toMatchObject({ peer: `${pbx}:5060` });
    expect(JSON.stringify(answer)).toContain(`${client}:${nextPort}`);
    // The worker reports once a second.
    await until(() => countPassed(host) > 0, 4000);
  });

  it("does not hear of a scanner", async () => {
    expect((await ask(scanner, "friendly-scanner"))?.outcome).toBe("silence");
  });

  it("is reached directly when the gate is killed", async () => {
    gate.kill("SIGKILL");
    await until(async () => (await ask(scanner, "friendly-scanner"))?.outcome === "answer", 4000);
    expect((await ask(client, "Phone"))?.outcome).toBe("answer");
  });
});

function options(source: string, port: number, agent: string): string {
  return [
    "OPTIONS sip:pbx.example.com SIP/2.0",
    `Via: SIP/2.0/UDP ${source}:${port};branch=z9hG4bK-${port}`,
    "Max-Forwards: 70",
    "From: <sip:a@example.com>;tag=1",
    "To: <sip:pbx.example.com>",
    `Call-ID: guests-${port}`,
    "CSeq: 1 OPTIONS",
    `User-Agent: ${agent}`,
    "Content-Length: 0",
    "\r\n",
  ].join("\r\n");
}

function isHealthy(host: Namespace): boolean {
  try {
    return host.run("curl -sf http://127.0.0.1:8082/health").includes('"ok"');
  } catch {
    return false;
  }
}

function countPassed(host: Namespace): number {
  const line = /sipprot_messages_total\{[^}]*direction="in",verdict="pass"[^}]*\} (\d+)/;
  return Number(line.exec(host.run("curl -sf http://127.0.0.1:8082/metrics"))?.[1] ?? 0);
}
