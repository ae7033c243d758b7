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
import { blockSchema } from "@sipprot/shared/block";
import { eventSchema } from "@sipprot/shared/event";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aMessage, anAnswer, aRegister, withPassword } from "./message.ts";
import { Scene } from "./scene.ts";

const attacker = "198.51.100.66";

const text = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 12 })
  .map((points) => String.fromCodePoint(...points));
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

  it("is told in events and blocks that keep to their schemas", () => {
    fc.assert(
      fc.property(anyTraffic, (traffic) => {
        const settings = { blockRuleFailuresPerMinute: 1, enumerationAccountsPerMinute: 1, blockThreshold: 1 };
        const scene = new Scene({ ...settings, floodBurstMessages: 5, floodMessagesPerSecond: 1 });
        for (const effect of run(scene.view, traffic).effects) {
          if (effect.kind === "event") eventSchema.parse(effect.event);
          if (effect.kind === "block" || effect.kind === "deny") blockSchema.parse(effect.block);
        }
        for (const block of scene.view.standingBlocks(scene.nowMs)) blockSchema.parse(block);
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
  it("stays within every bound under 200,000 made-up sources, accounts, branches and nonces", () => {
    const scene = new Scene({}, { maxSources: 20_000 });
    const { view } = scene;
    const accounts = scene.addPhones(50);
    for (const account of accounts) expect(scene.register("192.0.2.7", account, `pw-${account}`)).toBe(true);
    for (let index = 0; index < 200_000; index += 1) {
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
