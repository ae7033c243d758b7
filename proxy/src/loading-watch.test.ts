import type { Change } from "@sipprot/shared/change";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LoadingWatch } from "./loading-watch.ts";

const removed = (count: number): Change => ({
  kind: "list-remove",
  list: "deny",
  networks: Array.from({ length: count }, (_, index) => `192.0.${index >> 8}.${index & 255}`),
});

let turns: boolean[];
let watch: LoadingWatch;
beforeEach(() => {
  vi.useFakeTimers();
  turns = [];
  watch = new LoadingWatch((isLoading) => turns.push(isLoading));
});
afterEach(() => void vi.useRealTimers());

describe("a list that is loaded", () => {
  it("begins with many entries in one go, whatever portions they come in, and is over when nothing more comes", () => {
    watch.note([removed(300), removed(300)]);
    expect(turns).toEqual([true]);
    for (let second = 0; second < 10; second += 1) {
      vi.advanceTimersByTime(1_000);
      watch.note([removed(1_000)]);
    }
    expect(turns).toEqual([true]);
    vi.advanceTimersByTime(2_000);
    expect(turns).toEqual([true, false]);
    watch.note([removed(1_000)]);
    expect(turns).toEqual([true, false, true]);
  });

  it("is not what an operator changes by hand, nor a block", () => {
    for (let click = 0; click < 100; click += 1) watch.note([removed(50), { kind: "block-lift", source: "192.0.2.1" }]);
    expect(turns).toEqual([]);
  });

  it("is told of for a minute at most, and again only after a pause", () => {
    for (let second = 0; second < 200; second += 1) {
      watch.note([removed(1_000)]);
      vi.advanceTimersByTime(1_000);
    }
    expect(turns).toEqual([true, false]);
    vi.advanceTimersByTime(2_000);
    watch.note([removed(1_000)]);
    expect(turns).toEqual([true, false, true]);
  });

  it("is over when it is stopped, and leaves no timer", () => {
    watch.note([removed(1_000)]);
    watch.stop();
    expect(turns).toEqual([true, false]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
