/** Relay mode: an ordinary user without any privilege relays the same calls with the documented PBX settings, and is no open relay. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relayPbxPort } from "../lab/asterisk-configuration.ts";
import { Endpoint, guess } from "../lab/attacks.ts";
import { phoneAddress, providerAddress, relayAddress } from "../lab/network.ts";
import type { PhoneOptions } from "../lab/phones.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { pause, until } from "../lab/until.ts";

const server = { address: relayAddress, port: 5060 };
const phoneOf = (user: string, more: Partial<PhoneOptions> = {}): PhoneOptions => ({
  user,
  address: phoneAddress,
  server,
  ...more,
});

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "relay", asNobody: true });
});
afterAll(() => lab?.remove());

describe("the gate in relay mode", () => {
  it("runs as nobody, without a capability, and touches no kernel rule", async () => {
    for (const pid of await lab.gate.pids()) {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      expect(status).toMatch(/^Uid:\s+65534\s+65534\s+65534\s+65534$/m);
      expect(status).toMatch(/^CapEff:\s+0+$/m);
    }
    expect((await lab.network.pbx.run("nft", ["list", "tables"])).stdout).not.toContain("sipprot");
  });

  it.each(["udp", "tcp"] as const)("lets a phone register and call over %s", async (transport) => {
    const phone = await signIn(lab.phones, phoneOf("2001", { transport }));
    await expectEchoCall(phone);
    await phone.register({ expires: 0 });
    await phone.close();
  });

  it("brings a call to a phone, UDP and TCP, and the hang-up by the PBX", async () => {
    const caller = await signIn(lab.phones, phoneOf("2002"));
    const overUdp = await signIn(lab.phones, phoneOf("2003", { address: "198.51.100.11" }));
    const overTcp = await signIn(lab.phones, phoneOf("2004", { address: "198.51.100.12", transport: "tcp" }));
    for (const [user, callee] of [
      ["2003", overUdp],
      ["2004", overTcp],
    ] as const) {
      const call = await caller.call(user);
      expect(call.status).toBe(200);
      expect((await caller.talk(call.callId, 50)).received).toBeGreaterThanOrEqual(40);
      expect((await caller.hangUp(call.callId)).status).toBe(200);
      await until(
        async () => (await callee.state()).incoming[0]?.state === "ended",
        3000,
        "the callee's end of the call",
      );
    }
    const short = await caller.call("601");
    await until(
      async () =>
        (await caller.state()).calls.some(({ callId, state }) => callId === short.callId && state === "ended"),
      5000,
    );
  });

  it("lets a ringing call be given up", async () => {
    const phone = await signIn(lab.phones, phoneOf("2005"));
    const { cancel, placed } = await phone.callAndCancel("602", 500);
    expect([cancel.status, placed.status]).toEqual([200, 487]);
  });

  it("survives its own restart: phones are reached through the path they registered", async () => {
    const caller = await signIn(lab.phones, phoneOf("2006"));
    await signIn(lab.phones, phoneOf("2007", { address: "198.51.100.13" }));
    await lab.gate.stop();
    await lab.gate.start();
    const call = await caller.call("2007");
    expect(call.status).toBe(200);
    expect((await caller.hangUp(call.callId)).status).toBe(200);
  });

  it("lets at most N wrong guesses of a stranger through, though Asterisk sees but one address", async () => {
    const before = await lab.asterisk.failuresFrom("127.0.0.1");
    await guess(lab.network.attackers, {
      address: "192.0.2.31",
      server,
      users: ["2008", "2009"],
      guesses: 2000,
      way: "ports",
      lines: 50,
    });
    await guess(lab.network.attackers, {
      address: "192.0.2.32",
      server,
      users: ["2008", "2009"],
      guesses: 500,
      way: "tcp",
      lines: 50,
    });
    expect((await lab.asterisk.failuresFrom("127.0.0.1")) - before).toBeLessThanOrEqual(20);
  });
});

describe("an open relay it is not", () => {
  it.each([
    ["a Request-URI elsewhere", [`sip:1@${providerAddress}:5060`, []]],
    ["a Route elsewhere", [`sip:600@${relayAddress}`, [`Route: <sip:${providerAddress}:5060;lr>`]]],
    [
      "a made-up Route of ours before one elsewhere",
      [
        `sip:600@${relayAddress}`,
        [`Route: <sip:${relayAddress};lr;flow=abcdef>`, `Route: <sip:${providerAddress};lr>`],
      ],
    ],
  ] as const)("%s reaches nobody but the PBX", async (_what, [uri, routes]) => {
    const elsewhere = await Endpoint.open(lab.network.provider, {
      address: providerAddress,
      port: 5060,
      listens: true,
    });
    const stranger = await Endpoint.open(lab.network.attackers, { address: "192.0.2.33", port: 5061, listens: false });
    try {
      const lines = [
        `OPTIONS ${uri} SIP/2.0`,
        "Via: SIP/2.0/UDP 192.0.2.33:5061;rport;branch=z9hG4bKopen",
        "Max-Forwards: 70",
        ...routes,
      ];
      const more = [
        "From: <sip:x@192.0.2.33>;tag=1",
        "To: <sip:600@203.0.113.12>",
        "Call-ID: open@192.0.2.33",
        "CSeq: 1 OPTIONS",
        "Content-Length: 0",
      ];
      await stranger.datagram(Buffer.from(`${[...lines, ...more].join("\r\n")}\r\n\r\n`), server);
      await pause(600);
      const { datagramCount, streams } = await elsewhere.kept();
      expect({ datagramCount, streams: streams.length }).toEqual({ datagramCount: 0, streams: 0 });
    } finally {
      await Promise.all([elsewhere.stop(), stranger.stop()]);
    }
  });

  it("is reached by the PBX on its loopback port only", async () => {
    expect(await lab.asterisk.command("pjsip show transports")).toContain(`127.0.0.1:${relayPbxPort}`);
  });
});
