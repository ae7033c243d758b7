/** Of a stranger's wrong guesses at most N a minute reach the PBX, however parallel; Asterisk's own security log is the witness. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passwordOf, weakAccount } from "../lab/asterisk-configuration.ts";
import { guess } from "../lab/attacks.ts";
import { attackerAddress, pbxAddressIPv6, phoneAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { runSvcrack } from "../lab/sipvicious.ts";

/** The default block rule. */
const N = 10;
/** The default for one account over all strangers together. */
const ACCOUNT_LIMIT = 30;
const accounts = ["1001", "1002", "1003", "1004", "1005"];

let lab: ProtectedLab;
beforeAll(async () => {
  // No agent is refused by name, so that what is shown is the bound and not the name of the tool.
  lab = await startProtectedLab({ mode: "transparent", settings: { blockedAgents: "" } });
});
afterAll(() => lab?.remove());

describe("a guesser", () => {
  it("with svcrack never finds the 4-digit password, and at most N guesses a minute reach Asterisk", async () => {
    const found = await runSvcrack(lab.network.attackers, {
      user: weakAccount.user,
      range: "1000-2200",
      withinMs: 30_000,
    });
    expect(found.password).toBeUndefined();
    const failures = await lab.asterisk.failuresFrom(attackerAddress);
    expect(failures).toBeGreaterThan(0);
    expect(failures).toBeLessThanOrEqual(N);
  });

  it.each([
    { way: "port", lines: 1, address: "192.0.2.21" },
    { way: "ports", lines: 1000, address: "192.0.2.22" },
    { way: "tcp", lines: 200, address: "192.0.2.23" },
  ] as const)(
    "who fires 10,000 guesses at once ($way, $lines) gets at most N through",
    async ({ way, lines, address }) => {
      const result = await guess(lab.network.attackers, { address, users: accounts, guesses: 10_000, way, lines });
      expect(result).toMatchObject({ sent: 10_000, hadNonce: true });
      const failures = await lab.asterisk.failuresFrom(address);
      expect(failures).toBeGreaterThan(0);
      expect(failures).toBeLessThanOrEqual(N);
      expect(result.answers["200"]).toBeUndefined();
    },
  );

  it("who keeps below the flood limit gets no more", async () => {
    const address = "192.0.2.24";
    await guess(lab.network.attackers, {
      address,
      users: accounts,
      guesses: 200,
      way: "ports",
      lines: 20,
      perSecond: 40,
    });
    expect(await lab.asterisk.failuresFrom(address)).toBeLessThanOrEqual(N);
  });

  it("with made-up nonces gets at most half of it", async () => {
    const address = "192.0.2.25";
    await guess(lab.network.attackers, {
      address,
      users: accounts,
      guesses: 300,
      way: "port",
      lines: 1,
      perSecond: 60,
      madeUpNonce: true,
    });
    expect(await lab.asterisk.failuresFrom(address)).toBeLessThanOrEqual(N / 2);
  });

  it("who guesses right when the window is used up is not told", async () => {
    const address = "192.0.2.26";
    await guess(lab.network.attackers, {
      address,
      users: ["1006"],
      guesses: 60,
      way: "port",
      lines: 1,
      perSecond: 60,
      waitMs: 500,
    });
    const right = await guess(lab.network.attackers, {
      address,
      users: ["1006"],
      guesses: 1,
      way: "port",
      lines: 1,
      password: passwordOf("1006"),
    });
    expect(right.answers).toEqual({});
  });

  it("with addresses of one IPv6 /64 is one source", async () => {
    const server = { address: pbxAddressIPv6, port: 5060 };
    for (let host = 1; host <= 4; host += 1) {
      const address = `2001:db8:bad:64::${host}`;
      await guess(lab.network.attackers, {
        address,
        server,
        users: accounts,
        guesses: 20,
        way: "port",
        lines: 1,
        perSecond: 100,
        waitMs: 300,
      });
    }
    const failures = (await lab.asterisk.securityLog()).filter(
      ({ event, address }) => event === "ChallengeResponseFailed" && address.startsWith("2001:db8:bad:64:"),
    );
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.length).toBeLessThanOrEqual(N);
  });

  it("with one stolen account gains one guess, not a licence", async () => {
    const thief = await signIn(lab.strangers, { user: "1007", address: "192.0.2.27" });
    await guess(lab.network.attackers, {
      address: "192.0.2.27",
      users: accounts,
      guesses: 300,
      way: "ports",
      lines: 10,
      perSecond: 60,
    });
    expect(await lab.asterisk.failuresFrom("192.0.2.27")).toBeLessThanOrEqual(N + 1);
    await thief.close();
  });
});

describe("an account guessed from many addresses", () => {
  it("is refused to strangers together, while the phone that has it works on", async () => {
    const phone = await signIn(lab.phones, { user: "1010", address: phoneAddress });
    const addresses = Array.from({ length: 30 }, (_, index) => `192.0.2.${100 + index}`);
    for (const address of addresses) {
      await guess(lab.network.attackers, {
        address,
        users: ["1010"],
        guesses: 3,
        way: "port",
        lines: 1,
        perSecond: 50,
        waitMs: 100,
      });
    }
    const failures = (await lab.asterisk.securityLog()).filter(
      ({ event, account, address }) =>
        event === "ChallengeResponseFailed" && account === "1010" && addresses.includes(address),
    );
    expect(failures.length).toBeGreaterThan(N);
    // What is on its way when the limit is reached may still pass: a quarter of a second of it (decision 01).
    expect(failures.length).toBeLessThanOrEqual(ACCOUNT_LIMIT + 6);
    expect((await phone.register()).status).toBe(200);
    await expectEchoCall(phone);
  });

  it("and all the while the others call undisturbed", async () => {
    const phone = await signIn(lab.phones, { user: "1001", address: "198.51.100.31" });
    await expectEchoCall(phone);
  });
});
