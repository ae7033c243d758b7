/** What honest phones do and must never be counted: stale nonces, repeats, first REGISTERs, pings, keepalives, lamp storms. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hastyAccount, passwordOf, qualifiedAccount } from "../lab/asterisk-configuration.ts";
import { Endpoint } from "../lab/attacks.ts";
import { pbxAddress, phoneAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { pause, until } from "../lab/until.ts";

const server = { address: pbxAddress, port: 5060 };

let lab: ProtectedLab;
beforeAll(async () => {
  // The sharpest rule an operator would choose: what is counted by mistake shows at once.
  lab = await startProtectedLab({ mode: "transparent", settings: { blockRuleFailuresPerMinute: "3" } });
});
afterAll(() => lab?.remove());

describe("never counted", () => {
  it("is a stale nonce at each registration", async () => {
    const phone = await signIn(lab.phones, { user: hastyAccount, address: "198.51.100.61" });
    let stale = 0;
    for (let round = 0; round < 7; round += 1) {
      await pause(3200);
      const { status, staleCount } = await phone.register({ usesCachedNonce: true });
      expect(status).toBe(200);
      stale += staleCount;
    }
    expect(stale).toBeGreaterThanOrEqual(6);
    await expectEchoCall(phone);
  });

  it("is a first REGISTER without credentials, however often", async () => {
    const phone = await lab.phones.phone({ user: "1001", address: "198.51.100.62" });
    for (let round = 0; round < 30; round += 1) expect((await phone.register()).statuses).toEqual([401, 200]);
  });

  it("is a repeated message: it counts once", async () => {
    const address = "198.51.100.63";
    const stranger = await lab.phones.phone({ user: "1002", address, keepsMessages: true });
    expect((await stranger.register({ password: "mistyped" })).statuses).toEqual([401, 401]);
    const { sentMessages } = await stranger.state();
    const failed = Buffer.from(sentMessages.at(-1) ?? "", "base64");
    expect(failed.toString("latin1")).toContain("Authorization");
    for (let repeat = 0; repeat < 12; repeat += 1) await stranger.send(failed);
    await pause(300);
    expect((await stranger.register({ password: passwordOf("1002") })).status).toBe(200);
  });

  it("is the PBX's ping to a phone and a phone's ping to the PBX", async () => {
    const phone = await signIn(lab.phones, { user: qualifiedAccount, address: "198.51.100.64" });
    for (let round = 0; round < 40; round += 1) expect((await phone.ping()).status).toBeGreaterThanOrEqual(200);
    await until(async () => ((await phone.state()).requests.OPTIONS ?? 0) >= 2, 8000);
    await expectEchoCall(phone);
  });

  it.each([
    ["an empty line", "\r\n"],
    ["two empty lines", "\r\n\r\n"],
    ["zeros", "\0\0\0\0"],
    ["a STUN binding request", "\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl"],
    ["nothing at all", ""],
  ])("is a keepalive: %s", async (_what, text) => {
    const phone = await signIn(lab.phones, { user: "1003", address: "198.51.100.65" });
    for (let round = 0; round < 60; round += 1) await phone.send(Buffer.from(text, "latin1"));
    await expectEchoCall(phone, 5);
  });

  it("is a keepalive over TCP", async () => {
    const phone = await signIn(lab.phones, { user: "1004", address: "198.51.100.66", transport: "tcp" });
    for (let round = 0; round < 60; round += 1) await phone.send(Buffer.from("\r\n\r\n"));
    await expectEchoCall(phone, 5);
    expect((await phone.state()).counts).toMatchObject({ connects: 1, resets: 0 });
  });

  it("is a storm of lamp subscriptions", async () => {
    const phone = await signIn(lab.phones, { user: "1005", address: "198.51.100.67" });
    const targets = Array.from({ length: 60 }, (_, index) => String(1001 + (index % 10)));
    const results = await Promise.all(targets.map((target) => phone.subscribe(target, "presence")));
    expect(results.filter(({ status }) => status !== 200)).toEqual([]);
    await until(async () => ((await phone.state()).requests.NOTIFY ?? 0) >= 60, 5000, "all notifications");
    await expectEchoCall(phone);
  });

  it("is a phone that registers out and in again", async () => {
    const phone = await signIn(lab.phones, { user: "1006", address: "198.51.100.68" });
    for (let round = 0; round < 12; round += 1) {
      expect((await phone.register({ expires: 0 })).status).toBe(200);
      expect((await phone.register()).status).toBe(200);
    }
  });

  it("is an answer to the PBX's own request, or one that comes late", async () => {
    const phone = await signIn(lab.phones, { user: "1007", address: phoneAddress });
    const late = `SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP ${pbxAddress}:5060;branch=z9hG4bKlate\r\nFrom: <sip:x@${pbxAddress}>;tag=1\r\nTo: <sip:1007@${phoneAddress}>;tag=2\r\nCall-ID: late\r\nCSeq: 9 OPTIONS\r\nContent-Length: 0\r\n\r\n`;
    for (let round = 0; round < 20; round += 1) await phone.send(Buffer.from(late));
    await expectEchoCall(phone);
  });
});

describe("in the end", () => {
  it("nobody is blocked, on a list, or in the kernel", async () => {
    const { stdout } = await lab.gate.sipprot("status", "--all");
    expect(stdout).not.toContain("198.51.100.");
    const rules = (await lab.network.pbx.run("nft", ["list", "ruleset"])).stdout;
    expect(rules.split("\n").filter((line) => line.includes("198.51.100.") && line.includes("expires"))).toEqual([]);
  });

  it("a peer that was never there before is let in", async () => {
    const client = await Endpoint.open(lab.network.phones, { address: "198.51.100.69", port: 5060, listens: false });
    await client.datagram(Buffer.from("\r\n"), server);
    await client.stop();
    await signIn(lab.phones, { user: "1010", address: "198.51.100.69" });
  });
});
