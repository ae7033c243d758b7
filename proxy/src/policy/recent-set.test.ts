import { describe, expect, it } from "vitest";
import { KeyedHash } from "./keyed-hash.ts";
import { RecentSet } from "./recent-set.ts";

const hash = new KeyedHash(new Uint8Array(8).fill(3));
const START_MS = 1_800_000_000_000;

function put(set: RecentSet, text: string, atMs: number): void {
  const { high, low } = hash.start().text(text).finish();
  set.put(high, low, atMs);
}

function has(set: RecentSet, text: string, atMs: number, withinMs = 60_000): boolean {
  const { high, low } = hash.start().text(text).finish();
  return set.has(high, low, atMs, withinMs);
}

describe("a recent set", () => {
  it("knows what was put, for as long as is asked", () => {
    const set = new RecentSet(64);
    put(set, "a", START_MS);
    expect(has(set, "a", START_MS + 60_000)).toBe(true);
    expect(has(set, "a", START_MS + 60_001)).toBe(false);
    expect(has(set, "b", START_MS)).toBe(false);
    put(set, "a", START_MS + 50_000);
    expect(has(set, "a", START_MS + 110_000)).toBe(true);
  });

  it("forgets the oldest of a row, never more than it has room for", () => {
    const set = new RecentSet(1024);
    for (let index = 0; index < 100_000; index += 1) put(set, `${index}`, START_MS + index * 1000);
    const nowMs = START_MS + 100_000_000;
    let known = 0;
    for (let index = 0; index < 100_000; index += 1)
      if (has(set, `${index}`, nowMs, Number.POSITIVE_INFINITY)) known += 1;
    expect(known).toBe(1024);
    expect(has(set, "99999", nowMs)).toBe(true);
    let recent = 0;
    for (let index = 99_600; index < 100_000; index += 1) if (has(set, `${index}`, nowMs, 1e9)) recent += 1;
    expect(recent).toBeGreaterThan(390);
  });
});
