import { expire } from "@sipprot/proxy/policy/expire";
import type { SipMessage } from "@sipprot/proxy/sip/message";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anAnswer, aRequest, withPassword } from "./message.ts";
import { Scene } from "./scene.ts";

const attacker = "198.51.100.66";

type Step =
  | {
      readonly do: "guess";
      readonly account: number;
      readonly method: string;
      readonly isIssued: boolean;
      readonly isTcp: boolean;
    }
  | { readonly do: "repeat"; readonly which: number; readonly isOther: boolean }
  | { readonly do: "answer"; readonly which: number; readonly isTrying: boolean }
  | { readonly do: "sign-in"; readonly account: number; readonly isCall: boolean }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "tidy" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("guess" as const),
      account: fc.nat(4),
      method: fc.constantFrom("REGISTER", "INVITE", "SUBSCRIBE", "OPTIONS"),
      isIssued: fc.boolean(),
      isTcp: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("repeat" as const), which: fc.nat(20), isOther: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("answer" as const), which: fc.nat(20), isTrying: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("sign-in" as const), account: fc.nat(2), isCall: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 500, 7_000, 30_000, 59_999) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("tidy" as const) }) },
);

describe("the bound", () => {
  it("holds for any order of guesses, repeats, answers, sign-ins and waits: at most the window a minute, by our clock and by the PBX's", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 6 }), (steps, rule) => {
        const scene = new Scene({
          blockRuleFailuresPerMinute: rule,
          accountFailuresPerMinute: 1000,
          dynamicBlockSeconds: 60,
          blockThreshold: 20,
        });
        const own = scene.addPhones(3, 9000);
        const nonce = scene.challenge(attacker);
        const passed: {
          readonly message: SipMessage;
          readonly atMs: number;
          checkedMs: number;
          isAnswered: boolean;
        }[] = [];
        const signedIn = new Set<string>();
        const guess = (message: SipMessage, isTcp: boolean): void => {
          const from = { transport: isTcp ? ("tcp" as const) : ("udp" as const), port: 1024 + passed.length };
          if (scene.decide(attacker, message, from).verdict !== "pass") return;
          const isRepeat = passed.some((earlier) => earlier.message.credentials === message.credentials);
          if (!isRepeat) passed.push({ message, atMs: scene.nowMs, checkedMs: scene.nowMs, isAnswered: false });
        };
        let made = 0;
        // What is over the bound is noted and judged once: an assertion at each step takes longer than the step.
        let over = 0;
        for (const one of steps) {
          const known = passed.length === 0 ? undefined : passed["which" in one ? one.which % passed.length : 0];
          if (one.do === "guess") {
            const account = String(1000 + one.account);
            made += 1;
            const credentials = withPassword(account, `wrong-${made}`, one.isIssued ? nonce : `made-up-${made}`);
            guess(aRequest(one.method, account, account, { credentials }), one.isTcp);
          } else if (one.do === "repeat" && known !== undefined) {
            made += 1;
            const other = withPassword("1000", `wrong-${made}`, nonce);
            guess(one.isOther ? { ...known.message, credentials: other } : known.message, false);
          } else if (one.do === "answer" && known !== undefined) {
            if (one.isTrying) scene.answer(attacker, anAnswer(known.message, 100));
            else {
              // The PBX checked at some time between; the worst is just before it answered.
              if (!known.isAnswered && scene.nowMs - known.atMs < 60_000) known.checkedMs = scene.nowMs;
              known.isAnswered = true;
              scene.answer(attacker, anAnswer(known.message, 401, [{ nonce, stale: false }]));
            }
          } else if (one.do === "sign-in") {
            const account = own[one.account] ?? "";
            if (one.isCall) {
              const credentials = withPassword(account, `pw-${account}`, scene.challenge(attacker, account));
              scene.send(attacker, aRequest("INVITE", account, "600", { credentials }));
            } else if (scene.register(attacker, account, `pw-${account}`)) signedIn.add(account);
          } else if (one.do === "wait") scene.nowMs += one.ms;
          else if (one.do === "tidy") expire(scene.view, scene.nowMs);
          const lately = passed.filter((earlier) => scene.nowMs - earlier.atMs < 60_000).length;
          over = Math.max(over, lately - rule - signedIn.size);
        }
        const checks = passed.map((guessed) => guessed.checkedMs).sort((a, b) => a - b);
        for (const checkedMs of checks) {
          const within = checks.filter((other) => other >= checkedMs && other - checkedMs < 60_000).length;
          over = Math.max(over, within - rule - signedIn.size);
        }
        expect(over).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it("lets forged attempts neither block a source nor take more than half of its window", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { maxLength: 200 }), fc.integer({ min: 2, max: 20 }), (waits, rule) => {
        const scene = new Scene({ blockRuleFailuresPerMinute: rule });
        scene.addPhones(1);
        for (const [index, waitMs] of waits.entries()) {
          scene.guess(attacker, "1000", "wrong", `made-up-${index}`);
          scene.nowMs += waitMs;
        }
        expect(scene.told("block")).toHaveLength(0);
        expect(scene.register(attacker, "1000", "pw-1000")).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
