import { decide } from "@sipprot/proxy/policy/decide";
import type { Effect } from "@sipprot/proxy/policy/decision";
import { defaultSettings } from "@sipprot/shared/settings";
import { describe, expect, it } from "vitest";
import { anAnswer, aRegister, aRequest } from "./message.ts";
import { Scene } from "./scene.ts";

const phone = "192.0.2.7";
const attacker = "198.51.100.66";
const tcp = { transport: "tcp" as const };

describe("the country", () => {
  const country = (address: string) => ({ "192.0.2.7": "FR", "198.51.100.66": "XX" })[address];
  it.each([
    ["deny", ["XX"], attacker, "drop"],
    ["deny", ["XX"], phone, "pass"],
    ["allow", ["FR"], attacker, "drop"],
    ["allow", ["FR"], phone, "pass"],
    ["allow", ["FR"], "203.0.113.77", "pass"],
    ["allow", ["FR"], "10.0.0.7", "pass"],
    ["allow", ["FR"], "fd00::7", "pass"],
    ["off", ["FR"], attacker, "pass"],
  ] as const)("%s %s: %s is %s", (geoMode, geoCountries, address, verdict) => {
    const scene = new Scene({ geoMode, geoCountries: [...geoCountries] }, { country });
    expect(scene.decide(address, aRegister("1")).verdict).toBe(verdict);
  });

  it("is asked once a source, and again when the settings change", () => {
    let asked = 0;
    const country = () => {
      asked += 1;
      return "XX";
    };
    const scene = new Scene({ geoMode: "deny", geoCountries: ["XX"] }, { country });
    for (let index = 0; index < 10; index += 1) scene.decide(attacker, aRegister("1"));
    expect(asked).toBe(1);
    scene.view.replaceSettings({ ...defaultSettings, geoMode: "deny", geoCountries: ["FR"] });
    expect(scene.decide(attacker, aRegister("1")).verdict).toBe("pass");
    expect(asked).toBe(2);
  });

  it("does not end a call that is there, nor refuse the answers the PBX waits for", () => {
    const scene = new Scene({ geoMode: "allow", geoCountries: ["FR"] }, { country });
    const invite = aRequest("INVITE", "us", "them", { fromTag: "pbx-tag" });
    scene.answer(attacker, invite);
    expect(scene.decide(attacker, anAnswer(invite, 200)).verdict).toBe("pass");
    const bye = aRequest("BYE", "them", "us", { callId: invite.callId, toTag: "pbx-tag" });
    expect(scene.decide(attacker, bye).verdict).toBe("pass");
    expect(scene.decide(attacker, aRequest("BYE", "them", "us", { toTag: "other" })).verdict).toBe("drop");
  });
});

describe("the flood gate", () => {
  it("passes the burst, then the rate; each lane for itself", () => {
    const scene = new Scene({ floodMessagesPerSecond: 10, floodBurstMessages: 50 });
    const flood = (message = aRequest("OPTIONS", "a", "b")) => {
      let passed = 0;
      for (let index = 0; index < 500; index += 1) if (scene.decide(phone, message).verdict === "pass") passed += 1;
      return passed;
    };
    expect(flood()).toBe(50);
    scene.nowMs += 1_000;
    expect(flood()).toBe(10);
    const invite = aRequest("INVITE", "us", "them", { fromTag: "pbx-tag" });
    scene.answer(phone, invite);
    expect(flood(aRequest("INFO", "them", "us", { callId: invite.callId, toTag: "pbx-tag" }))).toBe(50);
    expect(scene.told("block")).toHaveLength(0);
  });

  it("blocks a proven stranger that floods for seconds, never an office", () => {
    for (const isOffice of [false, true]) {
      const scene = new Scene();
      scene.addPhones(1);
      if (isOffice) expect(scene.register(phone, "1000", "pw-1000")).toBe(true);
      for (let index = 0; index < 60_000; index += 1) {
        scene.decide(phone, aRequest("OPTIONS", "a", "b"), tcp);
        if (index % 5 === 0) scene.nowMs += 1;
      }
      expect(scene.told("block").length > 0).toBe(!isOffice);
    }
  });
});

describe("strangers together", () => {
  const address = (index: number) => `11.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
  /** As many first messages, each from another address, at one moment; how many pass. */
  const crowd = (scene: Scene, count: number, from = 0) => {
    let passed = 0;
    for (let index = from; index < from + count; index += 1)
      if (scene.decide(address(index), aRegister(`${index}`)).verdict === "pass") passed += 1;
    return passed;
  };

  it("pass four seconds' worth at once, then the rate; nobody is blocked for it", () => {
    const scene = new Scene({ strangerMessagesPerSecond: 100 });
    expect(crowd(scene, 5_000)).toBe(400);
    scene.nowMs += 1_000;
    expect(crowd(scene, 5_000, 5_000)).toBe(100);
    expect(scene.decide(phone, aRegister("1000")).reason).toEqual({
      gate: "flood",
      messagesPerSecond: 100,
      burstMessages: 400,
      of: "strangers",
    });
    expect(scene.told("block")).toHaveLength(0);
    expect(scene.countEvents("refused")).toBeGreaterThan(0);
  });

  it("pass when the same message is sent again, as phones do, and not when another is", () => {
    const scene = new Scene({ strangerMessagesPerSecond: 100 });
    crowd(scene, 5_000);
    const register = aRegister("1000");
    expect(scene.decide(phone, register).verdict).toBe("drop");
    scene.nowMs += 500;
    crowd(scene, 50_000, 5_000);
    expect(scene.decide(attacker, register).verdict).toBe("drop");
    expect(scene.decide(phone, aRegister("1000")).verdict).toBe("drop");
    expect(scene.decide(phone, register).verdict).toBe("pass");
  });

  it("never keep out known phones, who answers a challenge, connections, or the allowed", () => {
    const scene = new Scene({ strangerMessagesPerSecond: 100 });
    scene.addPhones(2);
    expect(scene.register(phone, "1000", "pw-1000")).toBe(true);
    const nonce = scene.challenge("192.0.2.8", "1001");
    scene.trunks.add("192.0.2.10");
    expect(scene.send("192.0.2.10", aRegister("2000")).answer?.status).toBe(200);
    scene.view.putNetworks("allow", [{ network: "192.0.2.9/32" }]);
    for (let second = 0; second < 60; second += 1) {
      crowd(scene, 5_000, second * 5_000);
      expect(scene.decide(phone, aRegister("1000")).verdict).toBe("pass");
      expect(scene.decide("192.0.2.10", aRegister("2000")).verdict).toBe("pass");
      expect(scene.decide(attacker, aRegister("1"), tcp).verdict).not.toBe("drop");
      expect(scene.decide("192.0.2.9", aRegister("1")).verdict).toBe("pass");
      scene.pass(1_000);
    }
    expect(scene.guess("192.0.2.8", "1001", "pw-1001", nonce).decision.verdict).toBe("pass");
  });

  it("leave the limit to others while they keep to it, and have none where it is switched off", () => {
    const quiet = new Scene({ strangerMessagesPerSecond: 100 });
    let passed = 0;
    for (let second = 0; second < 20; second += 1) {
      passed += crowd(quiet, 100, second * 100);
      quiet.nowMs += 1_000;
    }
    expect(passed).toBe(2_000);
    expect(crowd(new Scene({ strangerMessagesPerSecond: 0 }), 20_000)).toBe(20_000);
  });

  it("have a share of it at each of several workers", () => {
    expect(crowd(new Scene({ strangerMessagesPerSecond: 100 }, { workers: 4 }), 5_000)).toBe(100);
  });
});

describe("a malformed message", () => {
  it("is dropped; 25 of a proven stranger within 30 s block it, forged ones or an office's never", () => {
    for (const [name, from, isBlocked] of [
      ["stranger", tcp, true],
      ["forged", {}, false],
      ["office", tcp, false],
    ] as const) {
      const scene = new Scene();
      scene.addPhones(1);
      if (name === "office") scene.register(phone, "1000", "pw-1000");
      for (let index = 0; index < 40; index += 1) {
        const { verdict, reason } = scene.decide(phone, aRequest("OPTIONS", "a", "b", { flaw: "bad-via" }), from);
        expect(verdict).toBe("drop");
        if (index < 20) expect(reason).toEqual({ gate: "malformed", flaw: "bad-via" });
      }
      expect(scene.told("block").length > 0).toBe(isBlocked);
    }
  });
});

describe("a scanner", () => {
  it.each([
    [{ agent: "friendly-scanner" }, "friendly-scanner"],
    [{ agent: "FRIENDLY-Scanner/2" }, "friendly-scanner"],
    [{ agent: "sipcli/v1.8" }, "sipcli"],
    [{ agent: "x", fromDisplay: "SipVicious" }, "sipvicious"],
    [{ agent: "x", toUser: "100", toHost: "1.1.1.1" }, "100@1.1.1.1"],
  ])("%j is dropped and blocks only over a connection", (parts, pattern) => {
    const scene = new Scene();
    const { verdict, reason } = scene.decide(attacker, aRequest("OPTIONS", "a", "b", parts));
    expect({ verdict, reason }).toMatchObject({ verdict: "drop", reason: { gate: "scanner", pattern } });
    expect(scene.told("block")).toHaveLength(0);
    scene.decide(attacker, aRequest("OPTIONS", "a", "b", parts), tcp);
    expect(scene.told("block")[0]?.block.gate).toBe("scanner");
  });

  it.each(["", "a friendly-scanner fan", "Yealink SIP-T46U 108.86.0.20", "hello", "Asterisk PBX"])(
    "is not %j",
    (agent) => {
      expect(new Scene().decide(phone, aRequest("OPTIONS", "a", "b", { agent })).verdict).toBe("pass");
    },
  );
});

describe("observe mode", () => {
  it("passes everything, tells what it would have done, and neither bans nor denies", () => {
    const scene = new Scene({ mode: "observe", blockThreshold: 1 });
    const nonce = scene.challenge(attacker);
    for (let index = 0; index < 200; index += 1) {
      expect(scene.guess(attacker, "1000", String(index), nonce).decision.verdict).toBe("pass");
      expect(scene.decide(attacker, aRegister("1", { agent: "friendly-scanner" }), tcp).verdict).toBe("pass");
    }
    expect(scene.wrongGuesses).toHaveLength(200);
    const kinds = new Set<Effect["kind"]>(scene.takeEffects().map((effect) => effect.kind));
    expect([...kinds].filter((kind) => kind !== "event" && kind !== "account-failure")).toEqual([]);
    expect(scene.countEvents("would-refuse")).toBeGreaterThan(300);
    expect(scene.countEvents("refused")).toBe(0);
    scene.view.replaceSettings(defaultSettings);
    expect(scene.decide(attacker, aRegister("1000")).verdict).toBe("pass");
  });
});

describe("standing", () => {
  const exported = ({ view }: Scene) => [...view.exportStanding(2)].flat();

  it("survives a restart, and nothing else that the file says", () => {
    const before = new Scene();
    for (const account of before.addPhones(5)) before.register(phone, account, `pw-${account}`);
    const file: unknown = JSON.parse(JSON.stringify(exported(before)));
    const after = new Scene();
    after.view.importStanding(file, after.nowMs);
    after.view.importStanding(
      [null, 7, { source: "x" }, { source: phone, accounts: [["a"]], trunkMs: -1 }],
      after.nowMs,
    );
    after.view.importStanding("nonsense", after.nowMs);
    expect(exported(after)).toEqual(exported(before));
    const nonce = after.challenge(phone);
    let passed = 0;
    for (let index = 0; index < 50; index += 1) {
      if (after.guess(phone, `2${index}`, "wrong", nonce).decision.verdict === "pass") passed += 1;
    }
    expect(passed).toBe(15);
  });
});

describe("decide", () => {
  it("gives the very same object for every plain pass", () => {
    const scene = new Scene();
    const first = scene.decide(phone, aRequest("OPTIONS", "a", "b"));
    expect(decide(scene.arrival("192.0.2.8", aRegister("1")), scene.view)).toBe(first);
  });
});
