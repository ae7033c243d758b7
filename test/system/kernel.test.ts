/** Repeat offenders end in the kernel: the set, its counter, the block's time, the denylist at the threshold; TFTP and DNS beside. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Endpoint, guess } from "../lab/attacks.ts";
import { setAll } from "../lab/gate.ts";
import { elementsOf, readSets } from "../lab/kernel-sets.ts";
import { pbxAddress, phoneAddress, recorderAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, firstAnswer, signIn } from "../lab/signing-in.ts";
import { pause, until } from "../lab/until.ts";

/** The shortest block the settings allow, so that its end can be waited for. */
const BLOCK_SECONDS = 60;
const offender = "192.0.2.81";

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({
    mode: "transparent",
    settings: { blockRuleFailuresPerMinute: "3", dynamicBlockSeconds: String(BLOCK_SECONDS), blockThreshold: "2" },
  });
});
afterAll(() => lab?.remove());

/** Attacks until the source is in a kernel set. */
async function offend(address: string): Promise<void> {
  await guess(lab.network.attackers, {
    address,
    users: ["1001", "1002"],
    guesses: 300,
    way: "port",
    lines: 1,
    perSecond: 80,
    waitMs: 500,
  });
  await until(async () => (await elementsOf(lab.network.pbx, address)).length > 0, 5000, `${address} in the kernel`);
}

/** All messages the process has counted. */
async function messagesSeen(): Promise<number> {
  let total = 0;
  for (const [name, value] of await lab.gate.metrics()) if (/^sipprot_messages(_total)?\{/.test(name)) total += value;
  return total;
}

describe("a repeat offender", () => {
  it("is dropped by the kernel: its counter grows and the process sees nothing more of it", async () => {
    await offend(offender);
    await pause(1500);
    const before = { seen: await messagesSeen(), elements: await elementsOf(lab.network.pbx, offender) };
    expect(before.seen).toBeGreaterThan(0);
    await guess(lab.network.attackers, {
      address: offender,
      users: ["1001"],
      guesses: 1000,
      way: "port",
      lines: 1,
      waitMs: 1500,
      madeUpNonce: true,
    });
    const after = await elementsOf(lab.network.pbx, offender);
    expect(packets(after) - packets(before.elements)).toBeGreaterThanOrEqual(1000);
    expect((await messagesSeen()) - before.seen).toBeLessThan(10);
    expect(await lab.asterisk.failuresFrom(offender)).toBeLessThanOrEqual(3);
  });

  it("is free again when its block ends, having stopped; the next time the threshold puts it on the denylist", async () => {
    const address = "192.0.2.82";
    await guess(lab.network.attackers, {
      address,
      users: ["1001", "1002"],
      guesses: 30,
      way: "port",
      lines: 1,
      perSecond: 80,
      waitMs: 500,
    });
    const startedMs = Date.now();
    expect(await firstAnswer(lab.strangers, address)).toBe(0);
    expect((await lab.gate.sipprot("check", address)).stdout).toContain("Dynamic list");
    await pause(BLOCK_SECONDS * 1000 + 3000 - (Date.now() - startedMs));
    await until(async () => (await firstAnswer(lab.strangers, address)) === 401, 8000, "the end of the block");
    await guess(lab.network.attackers, {
      address,
      users: ["1001", "1002"],
      guesses: 30,
      way: "port",
      lines: 1,
      perSecond: 80,
      waitMs: 500,
    });
    await until(
      async () => (await lab.gate.sipprot("check", address)).stdout.includes("Denylist"),
      5000,
      "the denylist",
    );
    expect(await firstAnswer(lab.strangers, address)).toBe(0);
  });

  it("stays out when the process is killed; lifting its block lets it in again", async () => {
    const address = "192.0.2.83";
    await offend(address);
    lab.gate.running().signal("SIGKILL");
    await lab.gate.running().exited;
    expect(await firstAnswer(lab.strangers, address)).toBe(0);
    expect(await firstAnswer(lab.strangers, "192.0.2.84")).toBe(401);
    await lab.gate.start();
    expect(await firstAnswer(lab.strangers, address)).toBe(0);
    await lab.gate.sipprot("unblock", address);
    await until(async () => (await elementsOf(lab.network.pbx, address)).length === 0, 5000, "lifted in the kernel");
    expect(await firstAnswer(lab.strangers, address)).toBe(401);
  });

  it("was never a phone", async () => {
    await expectEchoCall(await signIn(lab.phones, { user: "1003", address: phoneAddress }));
    expect((await readSets(lab.network.pbx)).filter(({ network }) => network.startsWith("198.51.100."))).toEqual([]);
  });
});

describe("the denylist", () => {
  it("is in the kernel too, and an allowed address in a denied network is not dropped there", async () => {
    await lab.gate.sipprot("list", "deny", "add", "192.0.2.96/28");
    await lab.gate.sipprot("list", "allow", "add", "192.0.2.100");
    await until(async () => (await firstAnswer(lab.strangers, "192.0.2.99")) === 0, 8000);
    expect(await firstAnswer(lab.strangers, "192.0.2.100")).toBe(401);
    await lab.gate.sipprot("list", "deny", "remove", "192.0.2.96/28");
    await until(async () => (await firstAnswer(lab.strangers, "192.0.2.99")) === 401, 8000);
  });
});

describe("beside SIP", () => {
  it("the TFTP limit holds a guesser of file names and nobody else, and can be switched off", async () => {
    const server = await Endpoint.open(lab.network.pbx, { address: recorderAddress, port: 69, listens: false });
    const thief = await Endpoint.open(lab.network.attackers, { address: "192.0.2.91", port: 0, listens: false });
    const phone = await Endpoint.open(lab.network.phones, { address: "198.51.100.91", port: 0, listens: false });
    try {
      const to = { address: recorderAddress, port: 69 };
      await thief.datagram(Buffer.from("\x00\x01SEP001122334455.cnf.xml\x00octet\x00", "latin1"), to, 400);
      await phone.datagram(Buffer.from("\x00\x01phone.cfg\x00octet\x00", "latin1"), to, 5);
      await pause(500);
      const { datagrams } = await server.kept();
      const from = (address: string) => datagrams.filter((datagram) => datagram.address === address).length;
      expect(from("192.0.2.91")).toBeGreaterThanOrEqual(95);
      expect(from("192.0.2.91")).toBeLessThanOrEqual(112);
      expect(from("198.51.100.91")).toBe(5);
      await setAll(lab.gate, { tftpLimitOn: "false" });
      await pause(1500);
      await server.forget();
      await thief.datagram(Buffer.from("\x00\x01a\x00octet\x00", "latin1"), to, 200);
      await pause(500);
      expect((await server.kept()).datagramCount).toBe(200);
    } finally {
      await Promise.all([server.stop(), thief.stop(), phone.stop()]);
    }
  });

  it("an oversized DNS answer is dropped, an ordinary one passes", async () => {
    const resolver = await Endpoint.open(lab.network.pbx, { address: pbxAddress, port: 40053, listens: false });
    const nameServer = await Endpoint.open(lab.network.attackers, { address: "192.0.2.53", port: 53, listens: false });
    try {
      const to = { address: pbxAddress, port: 40053 };
      await nameServer.datagram(dnsAnswer(400), to);
      await nameServer.datagram(dnsAnswer(1200), to);
      await nameServer.datagram(dnsAnswer(2500), to);
      await pause(400);
      const sizes = (await resolver.kept()).datagrams.map(({ base64 }) => Buffer.from(base64, "base64").length);
      expect(sizes).toEqual([400, 1200]);
    } finally {
      await Promise.all([resolver.stop(), nameServer.stop()]);
    }
  });
});

function packets(elements: readonly { readonly packets: number }[]): number {
  return elements.reduce((total, element) => total + element.packets, 0);
}

/** A DNS answer (QR set) of this length. */
function dnsAnswer(bytes: number): Buffer {
  const answer = Buffer.alloc(bytes);
  answer.writeUInt16BE(0x1234, 0);
  answer.writeUInt16BE(0x8180, 2);
  answer.writeUInt16BE(1, 4);
  answer.writeUInt16BE(1, 6);
  return answer;
}
