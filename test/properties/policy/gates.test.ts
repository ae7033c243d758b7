import { decide } from "@sipprot/proxy/policy/decide";
import type { Effect } from "@sipprot/proxy/policy/decision";
import { defaultSettings } from "@sipprot/shared/settings";
import { describe, expect, it } from "vitest";
import { anAnswer, aRegister, aRequest, withPassword } from "./message.ts";
import { Scene } from "./scene.ts";

const phone = "192.0.2.7";
const attacker = "198.51.100.66";
const tcp = { transport: "tcp" as const };

/** Guesses until the source is blocked. */
function getBlocked(scene: Scene, address = attacker): void {
  for (let index = 0; index < 11; index += 1) scene.guess(address, "1000", String(index), scene.challenge(address));
  expect(scene.decide(address, aRegister("1000")).reason?.gate).toBe("blocked");
}

describe("the lists", () => {
  it("allow beats deny beats block; a change is in force with the next message", () => {
    const scene = new Scene();
    getBlocked(scene);
    scene.view.putNetworks("deny", [{ network: "198.51.100.0/24" }]);
    expect(scene.decide(attacker, aRegister("1000")).reason).toEqual({ gate: "denied", network: "198.51.100.0/24" });
    scene.view.putNetworks("allow", [{ network: attacker }]);
    expect(scene.decide(attacker, aRegister("1000"))).toEqual({ verdict: "pass", reason: undefined, retryAtMs: 0 });
    scene.view.removeNetworks("allow", [attacker]);
    scene.view.removeNetworks("deny", ["198.51.100.0/24"]);
    expect(scene.decide(attacker, aRegister("1000")).verdict).toBe("pass");
  });

  it("let an allowed address through whatever it sends", () => {
    const scene = new Scene({ geoMode: "allow", geoCountries: ["FR"] }, { country: () => "XX" });
    scene.view.putNetworks("allow", [{ network: "2001:db8:1::/48" }]);
    const scan = aRegister("1", {
      agent: "friendly-scanner",
      flaw: "nul-byte",
      credentials: withPassword("1", "x", "y"),
    });
    for (let index = 0; index < 2000; index += 1) expect(scene.decide("2001:db8:1::5", scan).verdict).toBe("pass");
    expect(scene.decide("2001:db8:2::5", scan).verdict).toBe("drop");
  });

  it("tell the two apart for two addresses of one /64", () => {
    const scene = new Scene();
    scene.view.putNetworks("deny", [{ network: "2001:db8::1" }]);
    expect(scene.decide("2001:db8::1", aRegister("1")).verdict).toBe("drop");
    expect(scene.decide("2001:db8::2", aRegister("1")).verdict).toBe("pass");
    expect(scene.decide("2001:db8::1", aRegister("1")).verdict).toBe("drop");
  });

  it("forget an entry at its end, and never refuse our own addresses", () => {
    const scene = new Scene();
    scene.view.putNetworks("deny", [{ network: "0.0.0.0/0" }, { network: phone, expiresAtMs: scene.nowMs + 5_000 }]);
    expect(scene.decide("203.0.113.10", aRegister("1")).verdict).toBe("pass");
    scene.view.removeNetworks("deny", ["0.0.0.0/0"]);
    expect(scene.decide(phone, aRegister("1")).verdict).toBe("drop");
    scene.pass(6_000);
    expect(scene.decide(phone, aRegister("1")).verdict).toBe("pass");
    scene.view.putNetworks("deny", [{ network: phone }]);
    scene.view.replaceOwnNetworks([phone]);
    expect(scene.decide(phone, aRegister("1")).verdict).toBe("pass");
    scene.view.replaceOwnNetworks([]);
    scene.view.resetList("deny");
    expect(scene.decide(phone, aRegister("1")).verdict).toBe("pass");
  });

  it("give a denied source that keeps sending to the kernel", () => {
    const scene = new Scene();
    scene.view.putNetworks("deny", [{ network: attacker }]);
    for (let index = 0; index < 22; index += 1) scene.decide(attacker, aRegister("1"));
    expect(scene.told("kernel-ban")).toHaveLength(1);
    expect(scene.countEvents("refused")).toBe(22);
    scene.view.putNetworks("deny", [{ network: "2001:db8::1" }]);
    for (let index = 0; index < 22; index += 1) scene.decide("2001:db8::1", aRegister("1"));
    expect(scene.told("kernel-ban")).toHaveLength(1);
    scene.view.putNetworks("deny", [{ network: "2001:db8:1::/48" }]);
    for (let index = 0; index < 22; index += 1) scene.decide("2001:db8:1::1", aRegister("1"));
    expect(scene.told("kernel-ban")[1]).toMatchObject({ source: "2001:db8:1::/64" });
  });
});

describe("a block", () => {
  it("lasts the dynamic block time, starts again with a new attack, and not with a slow retry", () => {
    const scene = new Scene({ dynamicBlockSeconds: 600 });
    getBlocked(scene);
    for (let index = 0; index < 50; index += 1) {
      expect(scene.decide(attacker, aRegister("1000")).verdict).toBe("drop");
      scene.pass(10_000);
    }
    scene.pass(101_000);
    expect(scene.decide(attacker, aRegister("1000")).verdict).toBe("pass");
    expect(scene.countEvents("block-extended")).toBe(0);
    scene.pass(60_000);
    getBlocked(scene);
    scene.pass(500_000);
    for (let index = 0; index < 30; index += 1) scene.decide(attacker, aRegister(`1${index}`));
    scene.pass(500_000);
    expect(scene.decide(attacker, aRegister("1000")).reason?.gate).toBe("blocked");
    expect(scene.countEvents("block-extended")).toBe(1);
  });

  it("is the third: the denylist, for good", () => {
    const scene = new Scene({ dynamicBlockSeconds: 60, blockThreshold: 3 });
    for (let round = 1; round <= 3; round += 1) {
      getBlocked(scene);
      expect(scene.told("deny")).toHaveLength(round === 3 ? 1 : 0);
      scene.pass(130_000);
    }
    expect(scene.told("deny")[0]?.block).toMatchObject({ source: attacker, strikes: 3 });
    expect(scene.countEvents("denied-for-good")).toBe(1);
    expect(scene.countEvents("block-ended")).toBe(3);
  });

  it("counts the strikes the store knows", () => {
    const scene = new Scene({ blockThreshold: 3 });
    scene.view.putStrikes(attacker, 2, scene.nowMs);
    getBlocked(scene);
    expect(scene.told("deny")).toHaveLength(1);
  });

  it("that is lifted does not come back with the next message", () => {
    const scene = new Scene();
    getBlocked(scene);
    expect(scene.view.liftBlock(attacker)).toBe(true);
    expect(scene.register(attacker, "1000", "wrong")).toBe(false);
    expect(scene.decide(attacker, aRegister("1000")).verdict).toBe("pass");
    expect(scene.view.liftBlock(attacker)).toBe(false);
  });

  it("of another host holds here, and an older echo of it changes nothing", () => {
    const there = new Scene();
    getBlocked(there);
    const [told] = there.told("block");
    if (told === undefined) throw new Error("a block was told");
    const here = new Scene();
    here.view.putBlock(told.block, here.nowMs);
    expect(here.decide(attacker, aRegister("1000")).reason?.gate).toBe("blocked");
    here.view.putBlock({ ...told.block, untilMs: here.nowMs + 1 }, here.nowMs);
    here.pass(10_000);
    expect(here.decide(attacker, aRegister("1000")).reason?.gate).toBe("blocked");
    expect([...here.view.standingBlocks(here.nowMs)]).toHaveLength(1);
  });

  it("is extended by what the kernel counts while it is hammered", () => {
    const scene = new Scene({ dynamicBlockSeconds: 600 });
    getBlocked(scene);
    scene.pass(500_000);
    scene.view.countKernelDrops(attacker, 4000, scene.nowMs);
    scene.pass(500_000);
    expect(scene.decide(attacker, aRegister("1000")).reason?.gate).toBe("blocked");
  });

  it("lets through what the PBX itself asked for", () => {
    const scene = new Scene();
    getBlocked(scene);
    const ping = aRequest("OPTIONS", "pbx", "trunk");
    scene.answer(attacker, ping);
    expect(scene.decide(attacker, anAnswer(ping, 200)).verdict).toBe("pass");
    expect(scene.decide(attacker, anAnswer(aRequest("OPTIONS", "pbx", "trunk"), 200)).verdict).toBe("drop");
  });
});

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
  it("survives a restart, and nothing else that the file says", () => {
    const before = new Scene();
    for (const account of before.addPhones(5)) before.register(phone, account, `pw-${account}`);
    const file: unknown = JSON.parse(JSON.stringify(before.view.exportStanding()));
    const after = new Scene();
    after.view.importStanding(file, after.nowMs);
    after.view.importStanding(
      [null, 7, { source: "x" }, { source: phone, accounts: [["a"]], trunkMs: -1 }],
      after.nowMs,
    );
    after.view.importStanding("nonsense", after.nowMs);
    expect(after.view.exportStanding()).toEqual(before.view.exportStanding());
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
