import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ANSWER_WITHIN_MS, Identities } from "./identities.ts";

/** The same in the plainest way: a list of who was challenged when, and is not answered. */
class PlainIdentities {
  #challenged: { identity: number; atMs: number }[] = [];

  challenge(identity: number, atMs: number): void {
    if (!this.#challenged.some((one) => one.identity === identity)) this.#challenged.push({ identity, atMs });
  }
  answer(identity: number): boolean {
    const before = this.#challenged.length;
    this.#challenged = this.#challenged.filter((one) => one.identity !== identity);
    return this.#challenged.length < before;
  }
  expire(atMs: number): void {
    this.#challenged = this.#challenged.filter((one) => atMs - one.atMs < 60_000);
  }
  count(atMs: number): { outstanding: number; unanswered: number } {
    const outstanding = this.#challenged.filter((one) => atMs - one.atMs < ANSWER_WITHIN_MS).length;
    return { outstanding, unanswered: this.#challenged.length - outstanding };
  }
}

describe("who was challenged at a source", () => {
  it("is outstanding for two seconds, then unanswered for the rest of a minute", () => {
    const identities = new Identities();
    identities.challenge(1, 0);
    expect([identities.outstanding(1_999), identities.unanswered(1_999)]).toEqual([1, 0]);
    expect([identities.outstanding(2_000), identities.unanswered(2_000)]).toEqual([0, 1]);
    expect([identities.unanswered(59_999), identities.unanswered(60_000)]).toEqual([1, 0]);
    expect(identities.isIdle(60_000)).toBe(true);
  });

  it("is counted as in the plainest list, whoever is challenged and answers whenever", () => {
    const step = fc.record({
      act: fc.constantFrom("challenge", "challenge", "answer"),
      identity: fc.integer({ min: 1, max: 5 }),
      laterMs: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 40_000 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const identities = new Identities();
        const plain = new PlainIdentities();
        let atMs = 1_000;
        for (const { act, identity, laterMs } of steps) {
          atMs += laterMs;
          identities.expire(atMs);
          plain.expire(atMs);
          const answeredBefore = identities.answered(atMs);
          if (act === "challenge") {
            identities.challenge(identity, atMs);
            plain.challenge(identity, atMs);
          } else {
            identities.answer(identity, atMs);
            expect(identities.answered(atMs) - answeredBefore).toBe(plain.answer(identity) ? 1 : 0);
          }
          const { outstanding, unanswered } = plain.count(atMs);
          expect([identities.outstanding(atMs), identities.unanswered(atMs)]).toEqual([outstanding, unanswered]);
          expect(identities.size).toBe(outstanding + unanswered);
        }
      }),
    );
  });
});
