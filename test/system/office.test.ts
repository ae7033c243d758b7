/** An office of 300 phones behind one address: in within seconds, and five phones with an old password harm only themselves. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { officeAccounts, passwordOf } from "../lab/asterisk-configuration.ts";
import { officeAddress } from "../lab/network.ts";
import type { RegisterResult } from "../lab/phones.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { pause } from "../lab/until.ts";

/** In which all phones must be registered. */
const IN_WITHIN_MS = 5000;

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
  // Each phone waits as long as real ones do: 32 s.
  await lab.phones.openAll(officeAccounts.map((user) => ({ name: user, options: { user, address: officeAddress } })));
});
afterAll(() => lab?.remove());

describe("300 phones behind one address", () => {
  it("register within the same second: all are in within 5 s, none is refused for good", async () => {
    const results = await lab.phones.registerAll(officeAccounts);
    expect(tally(results)).toEqual({ 200: 300 });
    expect(Math.max(...results.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(IN_WITHIN_MS);
  });

  it("do so again after the PBX forgot their nonces: all cached ones are stale at once", async () => {
    await lab.asterisk.command("module reload res_pjsip_authenticator_digest.so");
    await pause(500);
    const results = await lab.phones.registerAll(officeAccounts, { usesCachedNonce: true });
    expect(tally(results)).toEqual({ 200: 300 });
    expect(results.every(({ staleCount }) => staleCount === 1)).toBe(true);
  });

  // Asterisk alone leaves some of them without an answer: its queue for new connections holds five.
  it("over TCP too", async () => {
    const names = officeAccounts.map((user) => `${user}-tcp`);
    await lab.phones.openAll(
      officeAccounts.map((user) => ({
        name: `${user}-tcp`,
        options: { user, address: "198.51.100.51", transport: "tcp" },
      })),
    );
    const results = await lab.phones.registerAll(names);
    expect(tally(results)).toEqual({ 200: 300 });
    expect(Math.max(...results.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(IN_WITHIN_MS);
  });
});

describe("five of them with an old password", () => {
  const stuck = officeAccounts.slice(0, 5);
  const others = officeAccounts.slice(5);

  it("are refused from that address, the other 295 and their calls never", async () => {
    await lab.phones.openAll(
      stuck.map((user) => ({ name: user, options: { user, address: officeAddress, timeoutMs: 900 } })),
    );
    for (let round = 0; round < 25; round += 1) {
      await lab.phones.registerAll(stuck, { password: "the old one" });
      await pause(200);
      if (round % 8 === 7) {
        expect(tally(await lab.phones.registerAll(others))).toEqual({ 200: 295 });
        expect(tally(await lab.phones.callAll(others.slice(round, round + 3), "601"))).toEqual({ 200: 3 });
      }
    }
    const refused = await lab.phones.registerAll(stuck, { password: "the old one" });
    expect(refused.every(({ status }) => status === 0)).toBe(true);
    expect(tally(await lab.phones.registerAll(others))).toEqual({ 200: 295 });
    const { stdout } = await lab.gate.sipprot("check", officeAddress);
    expect(stdout).toMatch(/300[0-4]/);
  });

  it("come back when they are given the right one", async () => {
    await lab.gate.sipprot("unblock", officeAddress);
    await pause(1000);
    const phones = stuck.map((user) => ({
      name: user,
      options: { user, address: officeAddress, password: passwordOf(user) },
    }));
    await lab.phones.openAll(phones);
    expect(tally(await lab.phones.registerAll(stuck))).toEqual({ 200: 5 });
  });
});

function tally(results: readonly Pick<RegisterResult, "status">[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
