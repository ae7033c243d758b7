/** The operator's lists, countries and agents through the real CLI: allow beats deny beats block, each in force within a second. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressesOf } from "../lab/country-addresses.ts";
import { setAll } from "../lab/gate.ts";
import { pbxAddress, phoneAddress, recorderAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, firstAnswer, guessUntilSilence, signIn } from "../lab/signing-in.ts";
import { until } from "../lab/until.ts";

/** In force everywhere within this, the test's own asking included. */
const IN_FORCE_WITHIN_MS = 4000;
/** Thousands of networks are read, loaded and read back; on a busy machine the next change waits for that. */
const COUNTRY_WITHIN_MS = 30_000;

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent", settings: { blockRuleFailuresPerMinute: "3" } });
});
afterAll(() => lab?.remove());

/** Runs the CLI; it must succeed. */
async function sipprot(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.gate.sipprot(...args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

async function expectAnswered(address: string, agent = "Lab Phone 1.0"): Promise<void> {
  await until(
    async () => (await firstAnswer(lab.strangers, address, { agent })) === 401,
    IN_FORCE_WITHIN_MS,
    `${address} answered`,
  );
}

async function expectSilence(address: string, agent = "Lab Phone 1.0"): Promise<void> {
  await until(
    async () => (await firstAnswer(lab.strangers, address, { agent })) === 0,
    2 * IN_FORCE_WITHIN_MS,
    `${address} refused`,
  );
}

describe("the lists", () => {
  it("deny an address until it is taken off again", async () => {
    await expectAnswered("192.0.2.41");
    await sipprot("list", "deny", "add", "192.0.2.41", "--note", "a test");
    await expectSilence("192.0.2.41");
    expect(await sipprot("check", "192.0.2.41")).toContain("found in Denylist");
    await sipprot("list", "deny", "remove", "192.0.2.41");
    await expectAnswered("192.0.2.41");
    expect(await sipprot("check", "192.0.2.41")).toContain("not found on any list");
  });

  it("let an allowed address out of a denied network", async () => {
    await sipprot("list", "deny", "add", "192.0.2.32/28");
    await expectSilence("192.0.2.42");
    await sipprot("list", "allow", "add", "192.0.2.42");
    await expectAnswered("192.0.2.42");
    await expectSilence("192.0.2.43");
    await sipprot("list", "allow", "remove", "192.0.2.42");
    await expectSilence("192.0.2.42");
    await sipprot("list", "deny", "remove", "192.0.2.32/28");
    await expectAnswered("192.0.2.42");
  });

  it("let an allowed address do what is refused to all others", async () => {
    await sipprot("list", "allow", "add", "192.0.2.44");
    await expectAnswered("192.0.2.44", "friendly-scanner");
    expect(await guessUntilSilence(lab.strangers, "192.0.2.44", 8)).toBe(8);
    await sipprot("list", "allow", "remove", "192.0.2.44");
    await expectSilence("192.0.2.44", "friendly-scanner");
  });

  it("lift a block at once when its address is allowed, and it does not snap back", async () => {
    expect(await guessUntilSilence(lab.strangers, "192.0.2.51", 12)).toBeLessThanOrEqual(3);
    await until(
      async () => (await sipprot("check", "192.0.2.51")).includes("Dynamic list"),
      IN_FORCE_WITHIN_MS,
      "the block",
    );
    await expectSilence("192.0.2.51");
    await sipprot("list", "allow", "add", "192.0.2.51");
    await expectAnswered("192.0.2.51");
    expect(await sipprot("check", "192.0.2.51")).not.toContain("Dynamic list");
    await sipprot("list", "allow", "remove", "192.0.2.51");
    await expectAnswered("192.0.2.51");
  });

  it("let an operator lift a block by hand", async () => {
    await guessUntilSilence(lab.strangers, "192.0.2.52", 12);
    await until(
      async () => (await sipprot("check", "192.0.2.52")).includes("Dynamic list"),
      IN_FORCE_WITHIN_MS,
      "the block",
    );
    await lab.gate.sipprot("unblock", "192.0.2.52");
    await expectAnswered("192.0.2.52");
  });

  it.each([
    ["the PBX's own address", pbxAddress],
    ["another protected address", recorderAddress],
    ["everybody", "0.0.0.0/0"],
    ["everybody in IPv6", "::/0"],
    ["the loopback", "127.0.0.1"],
    ["no address", "office"],
    ["a network with host bits", "192.0.2.7/24"],
  ])("refuse to deny %s, with a reason", async (_what, network) => {
    const { code, stderr } = await lab.gate.sipprot("list", "deny", "add", network);
    expect(code).not.toBe(0);
    expect(stderr.length).toBeGreaterThan(20);
    expect(await sipprot("list", "deny", "show")).not.toContain(network);
  });
});

describe("countries", () => {
  it("are denied, or all others are; an allowed address is let in from anywhere", async () => {
    const [french = "", german = ""] = await addressesOf("FR", "DE");
    await Promise.all([lab.network.addAttacker(french), lab.network.addAttacker(german)]);
    await setAll(lab.gate, { geoCountries: "FR", geoMode: "deny" });
    await expectSilence(french);
    await expectAnswered(german);
    await setAll(lab.gate, { geoMode: "allow" });
    await expectSilence(german);
    await expectAnswered(french);
    await sipprot("list", "allow", "add", german);
    await expectAnswered(german);
    await setAll(lab.gate, { geoMode: "off" });
    await expectAnswered(french);
  });
});

describe("the whole host", () => {
  it("is closed to a denied country for everything, not only SIP, and open again when that is switched off", async () => {
    const [french = "", swiss = ""] = await addressesOf("FR", "CH");
    await lab.network.addAttacker(swiss);
    const isPinged = async (address: string) => {
      const words = ["-c", "1", "-W", "1", "-I", address, pbxAddress];
      return (await lab.network.attackers.run("ping", words, { mayFail: true })).code === 0;
    };
    expect(await isPinged(french)).toBe(true);
    await setAll(lab.gate, { geoCountries: "FR", geoMode: "deny", geoWholeHost: "true" });
    // All networks of the country are taken out of the database and loaded into the kernel.
    await until(async () => !(await isPinged(french)), COUNTRY_WITHIN_MS, "the denied country shut out");
    expect(await isPinged(swiss)).toBe(true);
    await setAll(lab.gate, { geoWholeHost: "false", geoMode: "off" });
    await until(() => isPinged(french), COUNTRY_WITHIN_MS, "the country let in again");
  });
});

describe("blocked agents", () => {
  it("are refused by the beginning of their name, whatever its case", async () => {
    await setAll(lab.gate, { blockedAgents: "Evil Phone,friendly-scanner" });
    await expectSilence("192.0.2.61", "evil phone 2.0");
    await expectAnswered("192.0.2.61", "Not an Evil Phone");
    await expectAnswered("192.0.2.61", "Lab Phone 1.0");
  });
});

describe("observe mode", () => {
  it("tells and drops nothing; protect mode drops again", async () => {
    await setAll(lab.gate, { mode: "observe" });
    await expectAnswered("192.0.2.71", "friendly-scanner");
    expect(await guessUntilSilence(lab.strangers, "192.0.2.72", 6)).toBe(6);
    await setAll(lab.gate, { mode: "protect" });
    await expectSilence("192.0.2.71", "friendly-scanner");
  });
});

it("phones noticed nothing of all this", async () => {
  await expectEchoCall(await signIn(lab.phones, { user: "1001", address: phoneAddress }));
});
