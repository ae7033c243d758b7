/** 100,000 forged failures in a provider's name: its calls pass throughout, and it is in no ban set and on no list. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { forge } from "../lab/attacks.ts";
import { officeAddress, pbxAddress, phoneAddress, providerAddress } from "../lab/network.ts";
import type { Phone } from "../lab/phones.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { pause } from "../lab/until.ts";

/** 100,000 in 20 s. */
const FORGED = { user: "1001", messages: 100_000, perSecond: 5000 };

let lab: ProtectedLab;
let trunk: Phone;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
  trunk = await lab.provider.phone({ user: "provider", password: "", address: providerAddress, port: 5060 });
});
afterAll(() => lab?.remove());

it("the provider calls and is called while its name is abused", async () => {
  await expectEchoCall(trunk);
  let isOver = false;
  const forged = forge(lab.network.attackers, { address: providerAddress, port: 5060, ...FORGED }).finally(() => {
    isOver = true;
  });
  let calls = 0;
  while (!isOver) {
    await expectEchoCall(trunk, 10);
    const before = (await trunk.state()).incoming.length;
    await lab.asterisk.command(`channel originate PJSIP/15550100@provider application Wait 1`);
    await expect.poll(async () => (await trunk.state()).incoming.length, { timeout: 4000 }).toBeGreaterThan(before);
    calls += 1;
  }
  expect(await forged).toMatchObject({ sent: 100_000 });
  expect(calls).toBeGreaterThan(5);
  await expectNowhere(providerAddress);
  await expectEchoCall(trunk);
});

it("an office whose name is abused keeps its phones", async () => {
  const phone = await signIn(lab.phones, { user: "1002", address: officeAddress });
  const forged = forge(lab.network.attackers, {
    address: officeAddress,
    port: phone.port,
    user: "1002",
    messages: 20_000,
    perSecond: 2000,
  });
  for (let round = 0; round < 8; round += 1) {
    expect((await phone.register()).status).toBe(200);
    await pause(1000);
  }
  await forged;
  await expectEchoCall(phone);
  await expectNowhere(officeAddress);
});

it("an address that never called is free to do so when the forgers are gone", async () => {
  await forge(lab.network.attackers, {
    address: phoneAddress,
    port: 5062,
    user: "1003",
    messages: 10_000,
    perSecond: 5000,
  });
  // Who proves nothing is refused for a minute at most; a phone that comes meanwhile repeats itself.
  const phone = await lab.phones.phone({ user: "1003", address: phoneAddress, timeoutMs: 32_000 });
  await expect.poll(async () => (await phone.register()).status, { timeout: 65_000, interval: 1000 }).toBe(200);
  await expectNowhere(phoneAddress);
});

async function expectNowhere(address: string): Promise<void> {
  const { stdout } = await lab.network.pbx.run("nft", ["list", "ruleset"]);
  const sets = stdout.split("\n").filter((line) => /elements|expires/.test(line) && line.includes(address));
  expect(sets).toEqual([]);
  for (const list of ["allow", "deny"]) {
    expect((await lab.gate.sipprot("list", list, "show")).stdout).not.toContain(address);
  }
  expect((await lab.gate.sipprot("status", "--dynamic")).stdout).not.toContain(address);
  expect(address).not.toBe(pbxAddress);
}
