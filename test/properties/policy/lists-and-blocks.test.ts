import { describe, expect, it } from "vitest";
import { anAnswer, aRegister, aRequest, withPassword } from "./message.ts";
import { Scene } from "./scene.ts";

const phone = "192.0.2.7";
const attacker = "198.51.100.66";

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
