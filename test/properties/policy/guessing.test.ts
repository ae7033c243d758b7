import { describe, expect, it } from "vitest";
import { anAnswer, aRegister, aRequest, withPassword } from "./message.ts";
import { Scene } from "./scene.ts";

const attacker = "198.51.100.66";
const office = "192.0.2.7";

describe("an Authorization without a response", () => {
  it("names the account and guesses nothing: any number is challenged, none counts", () => {
    const scene = new Scene();
    const credentials = [{ username: "1000", realm: "ims.example.net", nonce: "", response: "" }];
    for (let index = 0; index < 50; index += 1) {
      const { decision, answer } = scene.send(office, aRegister("1000", { credentials }));
      expect(decision.verdict).toBe("pass");
      expect(answer?.status).toBe(401);
      scene.nowMs += 100;
    }
    scene.pass(2_000);
    expect(scene.told("event").map(({ event }) => event.kind)).not.toContain("sign-in-failed");
  });
});

describe("wrong guesses of a stranger", () => {
  it("reach the PBX ten times, then the source is blocked with gate, numbers and evidence", () => {
    const scene = new Scene();
    scene.addPhones(1);
    const nonce = scene.challenge(attacker);
    for (let index = 0; index < 1000; index += 1) {
      scene.guess(attacker, "1000", String(index), nonce);
      scene.nowMs += 12;
    }
    expect(scene.wrongGuesses).toHaveLength(10);
    const [block] = scene.told("block");
    expect(block?.block).toMatchObject({
      source: attacker,
      gate: "guessing",
      proven: true,
      strikes: 1,
      reason: { kind: "credit", seen: 10, limit: 10, windowSeconds: 60 },
    });
    expect(block?.block.evidence.length).toBeGreaterThan(0);
    expect(scene.told("kernel-ban")[0]).toMatchObject({ source: attacker });
    expect(scene.told("deny")).toHaveLength(0);
  });

  it.each([
    ["one port", () => ({ port: 5060 })],
    ["a thousand ports", (index: number) => ({ port: 1024 + (index % 1000) })],
    ["two hundred connections", (index: number) => ({ port: 1024 + (index % 200), transport: "tcp" as const })],
  ])("fired at once over %s before any answer: ten pass", (_name, fromOf) => {
    const scene = new Scene({ floodBurstMessages: 1_000_000 });
    const nonce = scene.challenge(attacker);
    let passed = 0;
    for (let index = 0; index < 10_000; index += 1) {
      const message = aRegister("1000", { credentials: withPassword("1000", String(index), nonce) });
      if (scene.decide(attacker, message, fromOf(index)).verdict === "pass") passed += 1;
    }
    expect(passed).toBe(10);
  });

  it("from all over a /64 are one source's", () => {
    const scene = new Scene();
    const nonce = scene.challenge("2001:db8::1");
    for (let index = 1; index < 500; index += 1)
      scene.guess(`2001:db8::${index.toString(16)}`, "1000", String(index), nonce);
    expect(scene.wrongGuesses).toHaveLength(10);
    expect(scene.told("block")[0]?.block.source).toBe("2001:db8::/64");
  });

  it("with made-up nonces use half of the window and block nobody", () => {
    const scene = new Scene();
    for (let index = 0; index < 500; index += 1) scene.guess(attacker, "1000", String(index), `made-up-${index}`);
    expect(scene.wrongGuesses).toHaveLength(5);
    expect(scene.told("block")).toHaveLength(0);
    expect(scene.told("account-failure")).toHaveLength(0);
  });

  it("one short of the rule in each minute, over many accounts, are blocked as a slow attack", () => {
    const scene = new Scene();
    scene.addPhones(1000);
    for (let index = 0; index < 400 && scene.told("block").length === 0; index += 1) {
      const account = String(1000 + index);
      scene.guess(attacker, account, "wrong", scene.challenge(attacker, account));
      scene.pass(7_000);
    }
    expect(scene.told("block")[0]?.block.account).toBeUndefined();
    expect(scene.wrongGuesses.length).toBeLessThan(40);
  });

  it("over one connection wait for answers that are due, and are dropped once they failed", () => {
    const scene = new Scene();
    const nonce = scene.challenge(attacker, "1000", { transport: "tcp" });
    const tcp = { transport: "tcp" as const };
    const pending = Array.from({ length: 10 }, (_, index) =>
      aRegister("1000", { credentials: withPassword("1000", String(index), nonce) }),
    );
    for (const message of pending) expect(scene.decide(attacker, message, tcp).verdict).toBe("pass");
    const next = aRegister("1000", { credentials: withPassword("1000", "next", nonce) });
    const held = scene.decide(attacker, next, tcp);
    expect(held).toMatchObject({ verdict: "hold", reason: { gate: "guessing", kind: "credit" } });
    expect(held.retryAtMs).toBeGreaterThan(scene.nowMs);
    for (const message of pending) scene.answer(attacker, anAnswer(message, 200), tcp);
    expect(scene.decide(attacker, next, tcp).verdict).toBe("pass");
    for (let index = 0; index < 10; index += 1) scene.guess(attacker, "1000", String(index), nonce, tcp);
    expect(
      scene.decide(attacker, aRegister("1000", { credentials: withPassword("1000", "x", nonce) }), tcp).verdict,
    ).toBe("drop");
  });

  it("repeated over a connection, or after their transaction's end, are no retransmission", () => {
    const scene = new Scene();
    const nonce = scene.challenge(attacker);
    const message = aRegister("1000", { credentials: withPassword("1000", "a", nonce) });
    const tcp = { transport: "tcp" as const };
    expect(scene.decide(attacker, message, tcp).verdict).toBe("pass");
    scene.answer(attacker, anAnswer(message, 401), tcp);
    expect(scene.decide(attacker, message, tcp).verdict).toBe("drop");
    expect(scene.decide(attacker, message).verdict).toBe("pass");
    scene.nowMs += 32_001;
    expect(scene.decide(attacker, message).verdict).toBe("drop");
  });

  it("in the same transaction as another guess are no retransmission", () => {
    const scene = new Scene();
    const nonce = scene.challenge(attacker);
    const first = aRegister("1000", { credentials: withPassword("1000", "a", nonce) });
    expect(scene.decide(attacker, first).verdict).toBe("pass");
    const other = { ...first, credentials: withPassword("1000", "b", nonce) };
    expect(scene.decide(attacker, other).verdict).toBe("drop");
  });

  it("are none when 403 says something else, and are when the setting says so", () => {
    for (const forbiddenCountsAsFailure of [false, true]) {
      const scene = new Scene({ forbiddenCountsAsFailure });
      const nonce = scene.challenge(office);
      for (let index = 0; index < 30; index += 1) {
        const message = aRegister("1000", { credentials: withPassword("1000", "pw", nonce) });
        if (scene.decide(office, message).verdict === "pass") scene.answer(office, anAnswer(message, 403));
      }
      expect(scene.told("block")).toHaveLength(forbiddenCountsAsFailure ? 1 : 0);
    }
  });
});

describe("what is no guess", () => {
  it("retransmissions take one credit and pass like their first", () => {
    const scene = new Scene();
    const nonce = scene.challenge(office);
    const message = aRegister("1000", { credentials: withPassword("1000", "wrong", nonce) });
    for (let index = 0; index < 11; index += 1) expect(scene.decide(office, message).verdict).toBe("pass");
    scene.answer(office, anAnswer(message, 401, [{ nonce, stale: false }]));
    for (let index = 0; index < 5; index += 1) scene.answer(office, anAnswer(message, 401, [{ nonce, stale: false }]));
    expect(scene.countEvents("sign-in-failed")).toBe(1);
  });

  it("a stale nonce each minute for a day", () => {
    const scene = new Scene();
    const [account = ""] = scene.addPhones(1);
    let nonce = scene.challenge(office, account);
    for (let minute = 0; minute < 1440; minute += 1) {
      const stale = scene.guess(office, account, "pw-1000", nonce);
      expect(stale.decision.verdict).toBe("pass");
      if (stale.answer?.status === 401) {
        nonce = stale.answer.challenges[0]?.nonce ?? "";
        expect(scene.guess(office, account, "pw-1000", nonce).answer?.status).toBe(200);
      }
      scene.pass(60_000);
    }
    expect(scene.countEvents("sign-in-failed") + scene.countEvents("refused")).toBe(0);
  });

  it("a storm of subscriptions of a known phone, each challenged first", () => {
    const scene = new Scene();
    const [account = ""] = scene.addPhones(1);
    expect(scene.register(office, account, "pw-1000")).toBe(true);
    for (let key = 0; key < 200; key += 1) {
      const first = scene.send(office, aRequest("SUBSCRIBE", account, `2${key}`));
      expect(first.decision.verdict).toBe("pass");
      const nonce = first.answer?.challenges[0]?.nonce ?? "";
      const again = aRequest("SUBSCRIBE", account, `2${key}`, { credentials: withPassword(account, "pw-1000", nonce) });
      expect(scene.send(office, again).answer?.status).toBe(200);
      scene.nowMs += 15;
    }
    expect(scene.countEvents("refused")).toBe(0);
  });

  it("a good password for an account that is not there (404), or one phone too many (403)", () => {
    const scene = new Scene();
    const nonce = scene.challenge(office);
    for (let index = 0; index < 50; index += 1) {
      const message = aRegister("1000", { credentials: withPassword("1000", "pw", nonce) });
      expect(scene.decide(office, message).verdict).toBe("pass");
      scene.answer(office, anAnswer(message, index % 2 === 0 ? 404 : 403));
    }
  });
});

describe("an account at a source", () => {
  it("of five stuck phones is refused there, the other 295 and their calls never, for ten minutes and more", () => {
    const scene = new Scene();
    const accounts = scene.addPhones(300);
    for (const account of accounts) {
      expect(scene.register(office, account, `pw-${account}`)).toBe(true);
      scene.nowMs += 3;
    }
    const stuck = accounts.slice(0, 5);
    for (let round = 0; round < 60; round += 1) {
      for (const account of stuck) scene.register(office, account, "old password");
      for (let index = 0; index < 10; index += 1) {
        const account = accounts[5 + ((round * 10 + index) % 295)] ?? "";
        expect(scene.register(office, account, `pw-${account}`)).toBe(true);
        const call = scene.call(office, account, "600");
        const nonce = call.answer?.challenges[0]?.nonce ?? "";
        const again = aRequest("INVITE", account, "600", {
          credentials: withPassword(account, `pw-${account}`, nonce),
        });
        expect(scene.send(office, again).answer?.status).toBe(180);
      }
      scene.pass(10_000);
    }
    const blocks = scene.told("block").map(({ block }) => block);
    expect(new Set(blocks.map((block) => block.account))).toEqual(new Set(stuck));
    expect(scene.countEvents("stuck-phone")).toBe(5);
    expect(scene.told("kernel-ban")).toHaveLength(0);
    expect(scene.told("deny")).toHaveLength(0);
  });

  it("comes back by itself within a minute when its password is put right", () => {
    const scene = new Scene();
    const accounts = scene.addPhones(2);
    for (const account of accounts) scene.register(office, account, `pw-${account}`);
    for (let index = 0; index < 12; index += 1) {
      scene.register(office, "1000", "old");
      scene.pass(20_000);
    }
    expect(scene.told("block")[0]?.block.account).toBe("1000");
    let isBack = false;
    for (let index = 0; index < 6 && !isBack; index += 1) {
      scene.pass(20_000);
      isBack = scene.register(office, "1000", "pw-1000");
    }
    expect(isBack).toBe(true);
    expect(scene.told("lift")).toEqual([{ kind: "lift", source: office, account: "1000" }]);
    expect(scene.register(office, "1000", "pw-1000")).toBe(true);
  });

  it("gives a thief of one password one guess more, never a neighbour's window", () => {
    const scene = new Scene();
    scene.addPhones(50);
    expect(scene.register(attacker, "1000", "pw-1000")).toBe(true);
    const nonce = scene.challenge(attacker, "1001");
    for (let index = 0; index < 5_000; index += 1) {
      scene.guess(attacker, `10${String(1 + (index % 49)).padStart(2, "0")}`, String(index), nonce);
      scene.guess(attacker, "1000", "pw-1000", scene.nonceFor(attacker));
      scene.nowMs += 20;
    }
    expect(scene.mostGuessesAMinute(attacker)).toBeLessThanOrEqual(11);
  });

  it("guessed by one attacker behind an office's address does not block the office; going through many accounts does", () => {
    const scene = new Scene();
    const accounts = scene.addPhones(40);
    for (const account of accounts.slice(0, 3)) scene.register(office, account, `pw-${account}`);
    const nonce = scene.challenge(office);
    for (let index = 0; index < 200; index += 1) scene.guess(office, "1020", String(index), nonce);
    expect(scene.told("block").map(({ block }) => block.account)).toEqual(["1020"]);
    expect(scene.register(office, "1001", "pw-1001")).toBe(true);
    for (let index = 0; index < 300; index += 1) {
      const account = String(1003 + (index % 37));
      scene.guess(office, account, "wrong", scene.challenge(office, account));
      scene.pass(2_000);
    }
    expect(scene.told("block").some(({ block }) => block.account === undefined)).toBe(true);
  });
});

describe("an account guessed from many addresses", () => {
  it("shares one credit; who registered it is untouched; other hosts' failures count", () => {
    const scene = new Scene();
    scene.addPhones(1);
    expect(scene.register(office, "1000", "pw-1000")).toBe(true);
    for (let index = 0; index < 100; index += 1) {
      const address = `198.51.100.${index}`;
      scene.guess(address, "1000", "wrong", scene.challenge(address));
      scene.nowMs += 100;
    }
    expect(scene.wrongGuesses).toHaveLength(30);
    expect(scene.told("account-failure")).toHaveLength(30);
    expect(scene.register(office, "1000", "pw-1000")).toBe(true);
    scene.pass(70_000);
    scene.view.addForeignAccountFailures("1000", 30, scene.nowMs);
    const { decision } = scene.guess(attacker, "1000", "wrong", scene.challenge(attacker));
    expect(decision.reason).toMatchObject({ gate: "guessing", kind: "shared-account", limit: 30 });
  });
});
