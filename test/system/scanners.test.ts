/** svmap and svwar, by their name and without it: they learn nothing, or little before they are stopped. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guess } from "../lab/attacks.ts";
import { setAll } from "../lab/gate.ts";
import { attackerAddress, phoneAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { runSvmap, runSvwar } from "../lab/sipvicious.ts";
import { pause } from "../lab/until.ts";

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
});
afterAll(() => lab?.remove());

/** How often Asterisk heard of an address at all. */
async function heardOf(address: string): Promise<number> {
  return (await lab.asterisk.securityLog()).filter((entry) => entry.address === address).length;
}

describe("a scanner that says its name", () => {
  it.each(["OPTIONS", "INVITE"])("finds nothing with svmap %s", async (method) => {
    expect((await runSvmap(lab.network.attackers, { method, withinMs: 8000 })).found).toEqual([]);
    expect(await heardOf(attackerAddress)).toBe(0);
  });

  it.each(["REGISTER", "INVITE", "OPTIONS"])("finds nothing with svwar %s", async (method) => {
    expect(
      (await runSvwar(lab.network.attackers, { method, range: "1001-1010,3000-3200", withinMs: 10_000 })).found,
    ).toEqual([]);
    expect(await heardOf(attackerAddress)).toBe(0);
  });
});

describe("a scanner that hides its name", () => {
  it("finds nothing with svwar either", async () => {
    await setAll(lab.gate, { blockedAgents: "" });
    await pause(1000);
    expect(
      (await runSvwar(lab.network.attackers, { method: "REGISTER", range: "1001-1010", withinMs: 8000 })).found,
    ).toEqual([]);
  });

  it.each([
    ["REGISTER", "192.0.2.131"],
    ["INVITE", "192.0.2.132"],
    ["OPTIONS", "192.0.2.133"],
  ])(
    "is stopped by what it does: few of 800 accounts are asked for with %s before silence",
    async (method, address) => {
      const users = Array.from({ length: 800 }, (_, index) => String(5000 + index));
      const result = await guess(lab.network.attackers, {
        address,
        users,
        guesses: 800,
        way: "port",
        lines: 1,
        perSecond: 90,
        unsigned: true,
        method,
      });
      // Asterisk answers INVITE and OPTIONS of strangers with a challenge too: each answer is an account asked for.
      const answered = Object.values(result.answers).reduce((total, count) => total + count, 0);
      expect(answered).toBeGreaterThan(0);
      // At 90 a second: those of the 2 s before the first counts as unanswered, and the twenty of the rule.
      expect(answered).toBeLessThanOrEqual(220);
      expect(
        new Set(
          (await lab.asterisk.securityLog()).filter((entry) => entry.address === address).map(({ account }) => account),
        ).size,
      ).toBeLessThanOrEqual(220);
    },
  );

  it("did not disturb a phone", async () => {
    await expectEchoCall(await signIn(lab.phones, { user: "1001", address: phoneAddress }));
  });
});
