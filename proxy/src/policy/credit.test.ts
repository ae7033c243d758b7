import { describe, expect, it } from "vitest";
import { type Attempt, Credit, unprovenShare } from "./credit.ts";

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

  it("of an unproven attempt is half a window, at least one", () => {
    expect([1, 2, 3, 10, 310].map(unprovenShare)).toEqual([1, 1, 1, 5, 155]);
  });
});
