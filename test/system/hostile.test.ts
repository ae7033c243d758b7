/** Hostile packets and peers: the gate lives, its memory stays bounded, the phones do not notice. */
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Crowd, Endpoint, gatherCrowd } from "../lab/attacks.ts";
import { pbxAddress, pbxAddressIPv6, phoneAddress } from "../lab/network.ts";
import type { Phone } from "../lab/phones.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { pause, until } from "../lab/until.ts";

const server = { address: pbxAddress, port: 5060 };
const serverIPv6 = { address: pbxAddressIPv6, port: 5060 };
/** What the gate's processes may grow by under 10,000 connections. */
const MAX_GROWTH_MIB = 400;

let lab: ProtectedLab;
let phone: Phone;
let tcpPhone: Phone;
let pidsAtFirst: number[];
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
  phone = await signIn(lab.phones, { user: "1001", address: phoneAddress });
  tcpPhone = await signIn(lab.phones, { user: "1002", address: phoneAddress, transport: "tcp" });
  pidsAtFirst = await lab.gate.pids();
});
afterAll(() => lab?.remove());

let stranger: Endpoint;
beforeEach(async () => {
  stranger = await Endpoint.open(lab.network.attackers, { address: "192.0.2.121", port: 5062, listens: false });
});
afterEach(async () => {
  await stranger.stop();
  // The same processes as before: nothing died and came back.
  expect(await lab.gate.pids()).toEqual(pidsAtFirst);
  await expectEchoCall(phone, 10);
  await expectEchoCall(tcpPhone, 10);
});

describe("the gate lives and the phones do not notice", () => {
  it("a source port of 0", async () => {
    await lab.network.attackers.run("nft", ["-f", "-"], {
      input:
        "table inet portzero { chain out { type filter hook output priority raw; udp sport 5062 notrack udp sport set 0; }; }",
    });
    try {
      await stranger.datagram(request("OPTIONS", "zero"), server, 50);
    } finally {
      await lab.network.attackers.run("nft", ["delete", "table", "inet", "portzero"]);
    }
  });

  it.each([
    ["IPv4", pbxAddress, server],
    ["IPv6", pbxAddressIPv6, serverIPv6],
    ["IPv4 loopback", "127.0.0.2", server],
  ])("our own address as source (%s)", async (_family, address, to) => {
    const ourselves = await Endpoint.open(lab.network.attackers, { address, port: 5060, listens: false });
    await ourselves.datagram(request("OPTIONS", "own"), to, 200);
    await ourselves.stop();
    const before = cpuSeconds(pidsAtFirst);
    await pause(1000);
    // A loop would take a whole core.
    expect(cpuSeconds(pidsAtFirst) - before).toBeLessThan(0.5);
  });

  it("datagrams of 64 kB: garbage, one endless header, a message with an endless body", async () => {
    const most = 65_507;
    const head = request("OPTIONS", "big").toString("latin1").replace("Content-Length: 0\r\n\r\n", "");
    const bodies = [
      Buffer.alloc(most, 0xff),
      Buffer.alloc(most, 0x0d),
      Buffer.from(`${head}X-Long: ${"a".repeat(most - head.length - 12)}\r\n\r\n`.slice(0, most)),
      Buffer.from(`${head}${"X: y\r\n".repeat(10_800)}\r\n`.slice(0, most)),
      Buffer.from(`${head}Content-Length: 999999999\r\n\r\n${"b".repeat(60_000)}`.slice(0, most)),
    ];
    for (const bytes of bodies) await stranger.datagram(bytes, server, 40);
    await stranger.datagram(Buffer.alloc(0), server, 100);
  });

  it("bytes that are no SIP over TCP: HTTP, a TLS hello, headers without end", async () => {
    const texts = [
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      `OPTIONS sip:x SIP/2.0\r\n${"X: y\r\n".repeat(30_000)}`,
    ];
    for (const text of texts) {
      const { stream } = await stranger.connect(server);
      await stranger.write(stream, Buffer.from(text, "latin1"));
    }
    await pause(500);
  });

  it("30 TCP peers that send one byte a second", async () => {
    const crowd = gatherCrowd(lab.network.attackers, {
      addresses: ["192.0.2.122", "192.0.2.123"],
      connections: 30,
      text: request("OPTIONS", "slow").toString("latin1"),
    });
    for (let round = 0; round < 5; round += 1) {
      await pause(1500);
      await expectEchoCall(tcpPhone, 5);
    }
    await crowd.stop();
  });

  it("10,000 idle connections: an office can still connect, memory stays bounded", { timeout: 120_000 }, async () => {
    const before = memoryMib(pidsAtFirst);
    const addresses = Array.from({ length: 200 }, (_, index) => `192.0.2.${index + 1}`);
    const crowd: Crowd = gatherCrowd(lab.network.attackers, { addresses, connections: 10_000 });
    try {
      await until(() => crowd.state() !== undefined, 90_000, "all connections tried");
      const { opened = 0, refused = 0 } = crowd.state() ?? {};
      expect(opened + refused).toBe(10_000);
      expect(opened).toBeGreaterThan(1000);
      const newcomer = await signIn(lab.phones, { user: "1003", address: "198.51.100.71", transport: "tcp" });
      await expectEchoCall(newcomer, 5);
      await expectEchoCall(tcpPhone, 5);
      expect(memoryMib(pidsAtFirst) - before).toBeLessThan(MAX_GROWTH_MIB);
      await newcomer.close();
    } finally {
      await crowd.stop();
    }
    expect((await tcpPhone.state()).counts).toMatchObject({ connects: 1 });
  });
});

function request(method: string, id: string): Buffer {
  return Buffer.from(
    `${method} sip:x@${pbxAddress} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.121:5062;rport;branch=z9hG4bK${id}\r\nMax-Forwards: 70\r\n` +
      `From: <sip:x@192.0.2.121>;tag=${id}\r\nTo: <sip:x@${pbxAddress}>\r\nCall-ID: ${id}@192.0.2.121\r\nCSeq: 1 ${method}\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** Processor time the processes have used so far. */
function cpuSeconds(pids: readonly number[]): number {
  const ticksPerSecond = 100;
  let ticks = 0;
  for (const pid of pids) {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / ticksPerSecond;
}

function memoryMib(pids: readonly number[]): number {
  return pids.reduce(
    (total, pid) =>
      total + Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024,
    0,
  );
}
