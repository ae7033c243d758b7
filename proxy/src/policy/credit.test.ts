import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempt, CREDIT_MS, Credit, unprovenShare } from "./credit.ts";

function anAttempt(key: number, parts: Partial<Attempt> = {}): Attempt {
  return {
    key,
    check: key,
    guess: key,
    account: "1000",
    accountHash: 1,
    agent: "",
    atMs: 0,
    isProven: true,
    cost: 1,
    isShared: false,
    isReused: false,
    state: "pending",
    heldUntilMs: 60_000,
    repeats: 0,
    ...parts,
  };
}

describe("credit", () => {
  it("is held while pending, given back by a good answer, held a minute more by a failure", () => {
    const credit = new Credit();
    const [good, bad] = [anAttempt(1), anAttempt(2, { isProven: false, cost: 2 })];
    credit.take(good);
    credit.take(bad);
    expect([credit.used, credit.unprovenUsed]).toEqual([3, 2]);
    credit.giveBack(good);
    credit.giveBack(good);
    expect(credit.fail(bad, 5_000)).toBe(true);
    expect(credit.fail(bad, 6_000)).toBe(false);
    credit.expire(64_999);
    expect([credit.used, credit.unprovenUsed, credit.provenFailures()]).toEqual([2, 2, 0]);
    credit.expire(65_000);
    expect([credit.used, credit.unprovenUsed, credit.size]).toEqual([0, 0, 0]);
  });

  it("comes back with 100 Trying, and is taken again when the end is a failure", () => {
    const credit = new Credit();
    const attempt = anAttempt(1);
    credit.take(attempt);
    credit.markTrying(attempt);
    credit.markTrying(attempt);
    expect(credit.used).toBe(0);
    expect(credit.fail(attempt, 1_000)).toBe(true);
    expect(credit.used).toBe(1);
  });

  it("is the sum of the attempts that hold, however many there are and whatever becomes of them", () => {
    const step = fc.record({
      act: fc.constantFrom("take", "take", "giveBack", "fail"),
      key: fc.integer({ min: 1, max: 4 }),
      cost: fc.integer({ min: 1, max: 3 }),
      isProven: fc.boolean(),
      laterMs: fc.integer({ min: 0, max: 30_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const credit = new Credit();
        let held: Attempt[] = [];
        let atMs = 0;
        for (const { act, key, cost, isProven, laterMs } of steps) {
          atMs += laterMs;
          credit.expire(atMs);
          held = held.filter((attempt) => attempt.heldUntilMs > atMs);
          const known = held.find((attempt) => attempt.key === key);
          expect(credit.find(key, key)).toBe(known);
          expect(credit.find(key, key + 1)).toBe(undefined);
          expect(credit.isFree(key)).toBe(known === undefined);
          if (act === "take" && known === undefined) {
            const attempt = anAttempt(key, { cost, isProven, atMs, heldUntilMs: atMs + CREDIT_MS });
            held.push(attempt);
            credit.take(attempt);
          } else if (act === "giveBack" && known !== undefined) {
            held = held.filter((attempt) => attempt !== known);
            credit.giveBack(known);
          } else if (act === "fail" && known !== undefined) credit.fail(known, atMs);
          const sum = (all: Attempt[]) => all.reduce((so, attempt) => so + attempt.cost, 0);
          const failed = held.filter((attempt) => attempt.isProven && attempt.state === "failed");
          const pending = held.filter((attempt) => attempt.state === "pending");
          expect(credit.size).toBe(held.length);
          expect(credit.used).toBe(sum(held));
          expect(credit.unprovenUsed).toBe(sum(held.filter((attempt) => !attempt.isProven)));
          expect(credit.provenFailures()).toBe(sum(failed));
          expect(credit.hasPendingSince(atMs - 5_000)).toBe(pending.some((attempt) => attempt.atMs >= atMs - 5_000));
        }
      }),
    );
  });

  it("of an unproven attempt is half a window, at least one", () => {
    expect([1, 2, 3, 10, 310].map(unprovenShare)).toEqual([1, 1, 1, 5, 155]);
  });
});
