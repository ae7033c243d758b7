import { describe, expect, it } from "vitest";
import { stepsOf, walkGently } from "./gentle-walk.ts";

describe("a gentle walk", () => {
  it("visits all in order, and lets others have their turn", async () => {
    const visited: number[] = [];
    let turns = 0;
    const other = setInterval(() => {
      turns += 1;
    }, 0);
    await walkGently(Array(2000).keys(), (item) => {
      visited.push(item);
      for (let until = performance.now() + 0.05; performance.now() < until; );
    });
    clearInterval(other);
    expect(visited).toEqual([...Array(2000).keys()]);
    expect(turns).toBeGreaterThan(3);
  });
  it("ends with the first that throws", async () => {
    const visited: number[] = [];
    const walk = walkGently([1, 2, 3], (item) => {
      visited.push(item);
      if (item === 2) throw new Error("two");
    });
    await expect(walk).rejects.toThrow("two");
    expect(visited).toEqual([1, 2]);
  });
});

describe("steps", () => {
  it("hold all, the last one what is left", () => {
    expect([...stepsOf(new Set([1, 2, 3, 4, 5]), 2)]).toEqual([[1, 2], [3, 4], [5]]);
    expect([...stepsOf([], 2)]).toEqual([]);
  });
});
