import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SharedAccounts } from "./shared-accounts.ts";

const START_MS = 1_800_000_000_000;

describe("an account's failures over all sources", () => {
  it("count for at least a minute and at most 65 s", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 1, maxLength: 60 }), (waits) => {
        const accounts = new SharedAccounts(10);
        const added: number[] = [];
        let nowMs = START_MS;
        for (const waitMs of waits) {
          nowMs += waitMs;
          accounts.add("a", nowMs, true, 1, nowMs);
          added.push(nowMs);
          const total = accounts.total("a", nowMs);
          expect(total).toBeGreaterThanOrEqual(added.filter((atMs) => nowMs - atMs < 60_000).length);
          expect(total).toBeLessThanOrEqual(added.filter((atMs) => nowMs - atMs <= 65_000).length);
        }
      }),
    );
  });

  it("are given back where they were taken, and never below nothing", () => {
    const accounts = new SharedAccounts(10);
    accounts.add("a", START_MS, false, 2, START_MS);
    accounts.giveBack("a", START_MS, false, 2, START_MS + 9_000);
    accounts.giveBack("a", START_MS, false, 2, START_MS + 9_000);
    expect([accounts.total("a", START_MS + 9_000), accounts.unproven("a", START_MS + 9_000)]).toEqual([0, 0]);
    accounts.giveBack("nobody", START_MS, true, 1, START_MS);
  });

  it("make room where there are fewest, so that a spray of names does not hide an attack", () => {
    const accounts = new SharedAccounts(50);
    accounts.add("attacked", START_MS, true, 20, START_MS);
    for (let index = 0; index < 5_000; index += 1) accounts.add(`spray-${index}`, START_MS, true, 1, START_MS);
    expect(accounts.size).toBe(50);
    expect(accounts.total("attacked", START_MS)).toBe(20);
    accounts.expire(START_MS + 70_000, 100);
    expect(accounts.size).toBe(0);
  });
});
