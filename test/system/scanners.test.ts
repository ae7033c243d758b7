/** svmap and svwar, by their name and without it: they learn nothing, or little before they are stopped. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
  it.each(["OPTIONS", "REGISTER", "INVITE"])("finds nothing with svmap %s", async (method) => {
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
  it("is stopped by what it does: few of 2,000 accounts are tried before silence", async () => {
    await setAll(lab.gate, { blockedAgents: "" });
    await pause(1000);
    for (const method of ["REGISTER", "INVITE", "OPTIONS"]) {
      await runSvwar(lab.network.attackers, { method, range: "1000-2999", withinMs: 12_000 });
    }
    const tried = new Set(
      (await lab.asterisk.securityLog())
        .filter(({ address }) => address === attackerAddress)
        .map(({ account }) => account),
    );
    // Twenty unanswered accounts a minute, and at most ten times as many before the first of them is seen to be unanswered.
    expect(tried.size).toBeLessThanOrEqual(220);
  });

  it("did not disturb a phone", async () => {
    await expectEchoCall(await signIn(lab.phones, { user: "1001", address: phoneAddress }));
  });
});
