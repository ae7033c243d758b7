import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WordTable } from "./word-table.ts";

describe.each([1, 4] as const)("a table of keys of %i words", (width) => {
  const keyOf = (number: number) =>
    Int32Array.from({ length: 4 }, (_, word) => (word < width ? Math.imul(number, word + 1) : -1));

  it("holds what a set would hold, also while it grows, shrinks and grows again", () => {
    const use = fc.tuple(fc.constantFrom("put", "put", "put", "remove", "has"), fc.nat(400));
    fc.assert(
      fc.property(fc.array(use, { maxLength: 1500, size: "max" }), (uses) => {
        const table = new WordTable(width);
        const model = new Set<number>();
        for (const [what, number] of uses) {
          const key = keyOf(number);
          if (what === "put") expect(table.put(key)).toBe(!model.has(number));
          else if (what === "remove") expect(table.remove(key)).toBe(model.has(number));
          else expect(table.has(key)).toBe(model.has(number));
          if (what === "put") model.add(number);
          else if (what === "remove") model.delete(number);
          expect(table.size).toBe(model.size);
        }
        for (let number = 0; number <= 400; number += 1) expect(table.has(keyOf(number))).toBe(model.has(number));
      }),
      { numRuns: 30 },
    );
  });

  it("holds 100,000 keys through every growth, and none of those that were never put", () => {
    const table = new WordTable(width);
    for (let number = 0; number < 100_000; number += 1) {
      expect(table.put(keyOf(number * 2))).toBe(true);
      if (number % 1000 === 0) expect([table.has(keyOf(0)), table.has(keyOf(number * 2 + 1))]).toEqual([true, false]);
    }
    for (let number = 0; number < 100_000; number += 1) {
      if (!table.has(keyOf(number * 2)) || table.has(keyOf(number * 2 + 1))) throw new Error(`wrong of ${number}`);
    }
    expect(table.size).toBe(100_000);
  });
});
