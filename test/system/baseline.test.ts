/** What the lab is worth: without the gate phones work with a real Asterisk, and attacks on it succeed. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passwordOf, weakAccount } from "../lab/asterisk-configuration.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { attackerAddress, pbxAddressIPv6, phoneAddress, phoneAddressIPv6 } from "../lab/network.ts";
import { runSvcrack } from "../lab/sipvicious.ts";
import { until } from "../lab/until.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.remove());

describe("an unprotected Asterisk", () => {
  it.each([
    { transport: "udp", address: phoneAddress, server: undefined },
    { transport: "tcp", address: phoneAddress, server: undefined },
    { transport: "udp", address: phoneAddressIPv6, server: { address: pbxAddressIPv6, port: 5060 } },
    { transport: "tcp", address: phoneAddressIPv6, server: { address: pbxAddressIPv6, port: 5060 } },
  ] as const)(
    "lets a phone at $address register and call Echo over $transport",
    async ({ transport, address, server }) => {
      const phone = await lab.phones.phone({ user: "1001", address, transport, ...(server ? { server } : {}) });
      const registered = await phone.register();
      expect(registered.statuses).toEqual([401, 200]);
      const call = await phone.call("600");
      expect(call.status).toBe(200);
      const talked = await phone.talk(call.callId, 50);
      expect(talked.sent).toBe(50);
      expect(talked.received).toBeGreaterThanOrEqual(45);
      expect((await phone.hangUp(call.callId)).status).toBe(200);
      await phone.register({ expires: 0 });
      await phone.close();
    },
  );

  it("connects a call from phone to phone, with media both ways", async () => {
    const caller = await lab.phones.phone({ user: "1002", address: phoneAddress });
    const callee = await lab.phones.phone({ user: "1003", address: phoneAddress, transport: "tcp" });
    await Promise.all([caller.register(), callee.register()]);
    const uris = (await lab.asterisk.contacts()).map(({ uri }) => uri);
    expect(uris).toContainEqual(expect.stringContaining(`1002@${phoneAddress}:${caller.port}`));
    const call = await caller.call("1003");
    expect(call.status).toBe(200);
    expect((await caller.talk(call.callId, 50)).received).toBeGreaterThanOrEqual(40);
    await caller.hangUp(call.callId);
    await until(async () => (await callee.state()).requests.BYE === 1, 2000, "the callee's BYE");
    const { incoming, requests } = await callee.state();
    expect(incoming).toHaveLength(1);
    expect(incoming[0]?.state).toBe("ended");
    expect(requests).toMatchObject({ INVITE: 1, ACK: 1, BYE: 1 });
  });

  it("lets a ringing call be given up", async () => {
    const phone = await lab.phones.phone({ user: "1004", address: phoneAddress });
    await phone.register();
    const { cancel, placed } = await phone.callAndCancel("602", 500);
    expect(cancel.status).toBe(200);
    expect(placed.status).toBe(487);
    expect(placed.provisional).toContain(180);
  });

  it("writes a wrong password down with the sender's own address", async () => {
    const phone = await lab.strangers.phone({ user: "1005", address: attackerAddress });
    expect((await phone.register({ password: "wrong" })).statuses).toEqual([401, 401]);
    expect((await phone.register({ password: passwordOf("1005") })).status).toBe(200);
    const failed = (await lab.asterisk.securityLog()).filter(({ event }) => event === "ChallengeResponseFailed");
    expect(failed).toMatchObject([{ account: "1005", address: attackerAddress, port: phone.port, transport: "UDP" }]);
  });

  it("gives svcrack a 4-digit password", async () => {
    const found = await runSvcrack(lab.network.attackers, {
      user: weakAccount.user,
      range: "1000-2200",
      withinMs: 60_000,
    });
    expect(found.password).toBe(weakAccount.password);
    expect(await lab.asterisk.failuresFrom(attackerAddress)).toBeGreaterThan(500);
  });
});
