import type { SipMessage } from "@sipprot/proxy/sip/message";
import { describe, expect, it } from "vitest";
import { aRegister, aRequest, withPassword } from "./message.ts";
import { Scene } from "./scene.ts";

const office = "192.0.2.7";
/** How long a phone waits before each retransmission over UDP (RFC 3261 17.1.2.2, T1 = 500 ms). */
const RETRY_MS = [500, 1000, 2000, 4000, 4000];
const ROUND_TRIP_MS = 20;
/** The PBX checks one request after the other, each this long. */
const PBX_MS = 2;

/** Phones that all register within `spreadMs`, each as a small machine on one shared clock. Account → ms until it was done. */
function bootPhones(scene: Scene, accounts: readonly string[], spreadMs: number): Map<string, number> {
  const due: { atMs: number; run: () => void }[] = [];
  const registeredMs = new Map<string, number>();
  let pbxFreeMs = 0;
  const at = (atMs: number, run: () => void) => due.push({ atMs, run });
  const transact = (message: SipMessage, onAnswer: (answer: SipMessage) => void): void => {
    let isDone = false;
    const transmit = (tries: number): void => {
      if (isDone) return;
      if (scene.decide(office, message).verdict === "pass") {
        pbxFreeMs = Math.max(pbxFreeMs, scene.nowMs) + PBX_MS;
        at(pbxFreeMs, () => {
          const answer = scene.answerOf(office, message);
          if (answer === undefined) return;
          scene.answer(office, answer);
          at(scene.nowMs + ROUND_TRIP_MS, () => {
            if (!isDone) onAnswer(answer);
            isDone = true;
          });
        });
      }
      const retryMs = RETRY_MS[tries];
      if (retryMs !== undefined) at(scene.nowMs + retryMs, () => transmit(tries + 1));
    };
    transmit(0);
  };
  const startMs = scene.nowMs;
  accounts.forEach((account, index) => {
    at(startMs + (index * spreadMs) / accounts.length, () =>
      transact(aRegister(account), (challenge) => {
        const nonce = challenge.challenges[0]?.nonce ?? "";
        const again = aRegister(account, { credentials: withPassword(account, `pw-${account}`, nonce) });
        transact(again, (answer) => answer.status === 200 && registeredMs.set(account, scene.nowMs - startMs));
      }),
    );
  });
  while (due.length > 0) {
    due.sort((a, b) => b.atMs - a.atMs);
    const next = due.pop();
    scene.nowMs = Math.max(scene.nowMs, next?.atMs ?? 0);
    next?.run();
  }
  return registeredMs;
}

describe("an office of 300 phones behind one address", () => {
  it.each([1000, 100, 0])(
    "is registered whole within 5 s of a boot within %i ms, after we knew nothing",
    (spreadMs) => {
      const scene = new Scene();
      const accounts = scene.addPhones(300);
      const registeredMs = bootPhones(scene, accounts, spreadMs);
      expect(registeredMs.size).toBe(300);
      expect(Math.max(...registeredMs.values())).toBeLessThan(5_000);
      expect(scene.told("block")).toHaveLength(0);
    },
  );

  it("is registered whole within 5 s while someone sends failures in its name", () => {
    const scene = new Scene();
    const accounts = scene.addPhones(300);
    for (let index = 0; index < 2_000; index += 1) scene.guess(office, "1000", "wrong", `made-up-${index}`);
    const registeredMs = bootPhones(scene, accounts, 1000);
    expect(registeredMs.size).toBe(300);
    expect(Math.max(...registeredMs.values())).toBeLessThan(5_000);
  });

  it("works through a day: registrations each half hour, calls, one phone with an old password", () => {
    const scene = new Scene();
    const accounts = scene.addPhones(60);
    for (let halfHour = 0; halfHour < 48; halfHour += 1) {
      for (const account of accounts) {
        const isStuck = account === "1000" && halfHour > 4;
        const isRegistered = scene.register(office, account, isStuck ? "old" : `pw-${account}`);
        if (!isStuck) expect(isRegistered).toBe(true);
        scene.nowMs += 500;
      }
      scene.pass(1_700_000);
    }
    expect(scene.told("block").every(({ block }) => block.account === "1000")).toBe(true);
  });
});

describe("a provider known by its address", () => {
  it("places its calls throughout 100,000 failures forged in its name, and is on no list and in no ban set", () => {
    const scene = new Scene();
    const provider = "203.0.113.200";
    scene.trunks.add(provider);
    for (let index = 0; index < 100_000; index += 1) {
      scene.decide(
        provider,
        aRegister("1000", { credentials: withPassword("1000", String(index), `made-up-${index}`) }),
      );
      scene.nowMs += index % 10 === 0 ? 1 : 0;
      if (index % 1000 === 0) {
        const invite = aRequest("INVITE", "0033123", "100");
        expect(scene.decide(provider, invite).verdict).toBe("pass");
        const answer = scene.answerOf(provider, invite);
        if (answer === undefined) throw new Error("the PBX answers calls");
        scene.answer(provider, answer);
        const toTag = answer.toTag;
        const ack = aRequest("ACK", "0033123", "100", { callId: invite.callId, toTag });
        expect(scene.decide(provider, ack).verdict).toBe("pass");
        const bye = aRequest("BYE", "0033123", "100", { callId: invite.callId, toTag });
        expect(scene.decide(provider, bye).verdict).toBe("pass");
      }
    }
    for (const kind of ["block", "deny", "kernel-ban"] as const) expect(scene.told(kind)).toHaveLength(0);
  });
});
