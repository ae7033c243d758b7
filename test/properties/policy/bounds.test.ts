import { answered } from "@sipprot/proxy/policy/answered";
import type { Arrival } from "@sipprot/proxy/policy/arrival";
import { decide } from "@sipprot/proxy/policy/decide";
import { MAX_EVENT_COUNTS } from "@sipprot/proxy/policy/event-counts";
import { MAX_EVIDENCE_STORE_BYTES } from "@sipprot/proxy/policy/evidence-store";
import { expire } from "@sipprot/proxy/policy/expire";
import { MAX_ATTEMPTS, MAX_EFFECTS, MAX_IDENTITIES } from "@sipprot/proxy/policy/state";
import type { PolicyView } from "@sipprot/proxy/policy/view";
import { type Flaw, flaws } from "@sipprot/proxy/sip/flaw";
import type { SipMessage } from "@sipprot/proxy/sip/message";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aMessage, anAnswer, aRegister, aRequest, withPassword } from "./message.ts";
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
          expect(lately).toBeLessThanOrEqual(rule + signedIn.size);
        }
        const checks = passed.map((guessed) => guessed.checkedMs).sort((a, b) => a - b);
        for (const checkedMs of checks) {
          const within = checks.filter((other) => other >= checkedMs && other - checkedMs < 60_000).length;
          expect(within).toBeLessThanOrEqual(rule + signedIn.size);
        }
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

const text = fc.string({ maxLength: 12, unit: "binary" });
const anyMessage: fc.Arbitrary<SipMessage> = fc
  .record({
    isRequest: fc.boolean(),
    method: fc.constantFrom("REGISTER", "INVITE", "OPTIONS", "ACK", "BYE", "CANCEL", "SUBSCRIBE", "", "FOO"),
    cseqMethod: fc.constantFrom("REGISTER", "INVITE", "OPTIONS", ""),
    status: fc.constantFrom(0, 100, 180, 200, 401, 403, 404, 407, 503, 999),
    flaw: fc.option(fc.constantFrom<Flaw>(...flaws), { nil: undefined, freq: 20 }),
    branch: text,
    callId: text,
    cseq: fc.integer(),
    fromUser: text,
    toUser: text,
    toTag: fc.constantFrom("", "a", "b"),
    fromTag: fc.constantFrom("", "a", "b"),
    agent: fc.constantFrom("", "phone", "friendly-scanner", "\0"),
    credentials: fc.array(
      fc.record({ username: text, realm: text, nonce: fc.constantFrom("n1", "n2", ""), response: text }),
      {
        maxLength: 10,
      },
    ),
    challenges: fc.array(fc.record({ nonce: fc.constantFrom("n1", "n2", ""), stale: fc.boolean() }), { maxLength: 3 }),
  })
  .map(aMessage);
const anyAddress = fc.oneof(
  fc.nat(255).map((last) => `198.51.100.${last}`),
  fc.nat(0xfffe).map((last) => `2001:db8::${(last + 1).toString(16)}`),
  fc.nat(0xfffe).map((third) => `2001:db8:0:${(third + 1).toString(16)}::1`),
);
const anyTraffic = fc.array(
  fc.record({
    message: anyMessage,
    address: anyAddress,
    isOut: fc.boolean(),
    isTcp: fc.boolean(),
    waitMs: fc.constantFrom(0, 0, 0, 1, 300, 5_000, 70_000),
  }),
  { maxLength: 300 },
);

function run(
  view: PolicyView,
  traffic: readonly { message: SipMessage; address: string; isOut: boolean; isTcp: boolean; waitMs: number }[],
) {
  let atMs = 1_800_000_000_000;
  const verdicts: string[] = [];
  for (const { message, address, isOut, isTcp, waitMs } of traffic) {
    atMs += waitMs;
    const arrival: Arrival = {
      atMs,
      address,
      port: 5060,
      transport: isTcp ? "tcp" : "udp",
      endpoint: "203.0.113.10:5060",
      message,
    };
    if (isOut) answered(arrival, view);
    else verdicts.push(JSON.stringify(decide(arrival, view)));
    if (waitMs > 0) expire(view, atMs);
  }
  return { verdicts, effects: view.takeEffects(true) };
}

describe("any traffic", () => {
  it("is decided without an exception, twice the same", () => {
    fc.assert(
      fc.property(anyTraffic, (traffic) => {
        const settings = { blockRuleFailuresPerMinute: 2, enumerationAccountsPerMinute: 3 };
        expect(run(new Scene(settings).view, traffic)).toEqual(run(new Scene(settings).view, traffic));
      }),
      { numRuns: 150 },
    );
  });

  it("keeps the totals equal to what the tables hold, and the table within its bound", () => {
    fc.assert(
      fc.property(anyTraffic, fc.constantFrom("protect" as const, "observe" as const), (traffic, mode) => {
        const { view } = new Scene({ mode, blockRuleFailuresPerMinute: 2 }, { maxSources: 16 });
        run(view, traffic);
        let attempts = 0;
        let identities = 0;
        for (const source of view.sources.all()) {
          attempts += source.credit?.size ?? 0;
          identities += source.identities?.size ?? 0;
        }
        expect(view.sources.size).toBeLessThanOrEqual(16);
        expect({ attempts: view.attempts, identities: view.identities }).toEqual({ attempts, identities });
      }),
      { numRuns: 150 },
    );
  });
});

describe("memory", () => {
  it("stays within every bound under half a million made-up sources, accounts, branches and nonces", () => {
    const scene = new Scene({}, { maxSources: 20_000 });
    const { view } = scene;
    const accounts = scene.addPhones(50);
    for (const account of accounts) expect(scene.register("192.0.2.7", account, `pw-${account}`)).toBe(true);
    for (let index = 0; index < 500_000; index += 1) {
      const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
      const parts = index % 2 === 0 ? { credentials: withPassword(`user-${index}`, "x", `nonce-${index}`) } : {};
      const message = aRegister(`user-${index}`, parts);
      if (scene.decide(address, message).verdict === "pass" && index % 3 === 0) {
        scene.answer(address, anAnswer(message, 401, [{ nonce: `issued-${index}`, stale: false }]));
      }
      if (index % 100 === 0) scene.nowMs += 1;
    }
    expect(view.sources.size).toBeLessThanOrEqual(20_000);
    expect(view.attempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
    expect(view.identities).toBeLessThanOrEqual(MAX_IDENTITIES);
    expect(view.sharedAccounts.size).toBeLessThanOrEqual(20_000);
    expect(view.events.size).toBeLessThanOrEqual(MAX_EVENT_COUNTS);
    expect(view.effects.length).toBeLessThanOrEqual(MAX_EFFECTS);
    expect(view.evidence.bytes).toBeLessThanOrEqual(MAX_EVIDENCE_STORE_BYTES);
    for (const account of accounts) expect(scene.register("192.0.2.7", account, `pw-${account}`)).toBe(true);
  });

  it("keeps a guesser's used window while strangers flood the table", () => {
    const scene = new Scene({ blockRuleFailuresPerMinute: 5 }, { maxSources: 1_000 });
    const nonce = scene.challenge(attacker);
    for (let round = 0; round < 10; round += 1) {
      scene.guess(attacker, "1000", String(round), nonce);
      for (let index = 0; index < 5_000; index += 1) scene.decide(`10.0.${index >> 8}.${index & 255}`, aRegister("1"));
    }
    expect(scene.wrongGuesses).toHaveLength(5);
  });
});
