import { describe, expect, it } from "vitest";
import { anAnswer, aRegister, aRequest } from "./message.ts";
import { Scene } from "./scene.ts";

const scanner = "198.51.100.66";
const office = "192.0.2.7";

describe("a scan for accounts", () => {
  it.each([
    ["REGISTER", (index: number) => aRegister(String(100 + index)), "enumeration"],
    ["INVITE", (index: number) => aRequest("INVITE", "100", `0044${100 + index}`), "toll-fraud"],
    ["OPTIONS", (index: number) => aRequest("OPTIONS", "100", String(100 + index)), "enumeration"],
  ] as const)(
    "with %s is refused once twenty identities stay unanswered, without a block over UDP",
    (_method, messageOf, kind) => {
      const scene = new Scene();
      let passed = 0;
      let reason: unknown;
      for (let index = 0; index < 1000; index += 1) {
        const { decision } = scene.send(scanner, messageOf(index));
        if (decision.verdict === "pass") passed += 1;
        reason = decision.reason ?? reason;
        scene.pass(100);
      }
      expect(passed).toBeLessThan(2 * 42 + 1);
      expect(reason).toMatchObject({ gate: "guessing", kind });
      expect(scene.told("block")).toHaveLength(0);
    },
  );

  it("fired at once passes two hundred times, before the first is due to answer", () => {
    const scene = new Scene({ floodBurstMessages: 100_000, floodMessagesPerSecond: 100_000 });
    for (let index = 0; index < 5_000; index += 1) scene.send(scanner, aRegister(String(10_000 + index)));
    expect(scene.requestsAtPbx).toBe(200);
  });

  it("over a connection blocks the source", () => {
    const scene = new Scene();
    for (let index = 0; index < 60; index += 1) {
      scene.send(scanner, aRegister(String(100 + index)), { transport: "tcp" });
      scene.pass(200);
    }
    expect(scene.told("block")[0]?.block).toMatchObject({ source: scanner, reason: { kind: "enumeration" } });
  });

  it("in an office's name leaves its registered phones alone", () => {
    const scene = new Scene();
    const [account = ""] = scene.addPhones(1);
    expect(scene.register(office, account, "pw-1000")).toBe(true);
    for (let index = 0; index < 100; index += 1) {
      scene.send(office, aRegister(String(5000 + index)));
      scene.pass(100);
    }
    expect(scene.register(office, account, "pw-1000")).toBe(true);
    expect(scene.call(office, account, "600").decision.verdict).toBe("pass");
  });
});

describe("what is no scan", () => {
  it("a trunk known by its address that calls many numbers that are not there", () => {
    const scene = new Scene();
    const provider = "203.0.113.200";
    scene.trunks.add(provider);
    expect(scene.call(provider, "0033123456", "100").answer?.status).toBe(180);
    for (let index = 0; index < 500; index += 1) {
      const invite = aRequest("INVITE", `00331${index}`, `7${index}`);
      expect(scene.decide(provider, invite).verdict).toBe("pass");
      scene.answer(provider, anAnswer(invite, 404));
      scene.pass(200);
    }
  });

  it("a provider that only ever answered our registration is a trunk from its first call", () => {
    const scene = new Scene();
    const provider = "203.0.113.200";
    const register = aRequest("REGISTER", "us", "us");
    scene.answer(provider, register);
    expect(scene.decide(provider, anAnswer(register, 200)).verdict).toBe("pass");
    for (let index = 0; index < 100; index += 1) {
      const invite = aRequest("INVITE", `00331${index}`, `7${index}`);
      expect(scene.decide(provider, invite).verdict).toBe("pass");
      scene.answer(provider, anAnswer(invite, 404));
      scene.pass(100);
    }
  });

  it("a ping each few seconds that the PBX answers 401 or 404", () => {
    const scene = new Scene();
    for (let index = 0; index < 500; index += 1) {
      const ping = aRequest("OPTIONS", "ping", "pbx");
      expect(scene.decide(office, ping).verdict).toBe("pass");
      scene.answer(office, anAnswer(ping, index % 2 === 0 ? 404 : 401, [{ nonce: `n${index}`, stale: false }]));
      scene.pass(3_000);
    }
  });

  it("an office on a bad line, where a third of all challenges is lost", () => {
    const scene = new Scene();
    const accounts = scene.addPhones(120);
    for (const [index, account] of accounts.entries()) {
      expect(scene.send(office, aRegister(account)).decision.verdict).toBe("pass");
      if (index % 3 !== 0) expect(scene.register(office, account, `pw-${account}`)).toBe(true);
      scene.pass(100);
    }
    for (const account of accounts) expect(scene.register(office, account, `pw-${account}`)).toBe(true);
  });
});
