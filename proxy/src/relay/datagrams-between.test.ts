import { describe, expect, it } from "vitest";
import { letDatagramsBetween } from "./datagrams-between.ts";

function between() {
  const state = { nowMs: 0, looks: 0, lookTakesMs: 0 };
  const io = {
    kind: "batch" as const,
    open: () => Promise.reject(new Error("nothing is opened here")),
    takeWaiting: () => {
      state.looks += 1;
      state.nowMs += state.lookTakesMs;
    },
  };
  return Object.assign(state, { look: letDatagramsBetween(io, () => state.nowMs) });
}

describe("datagrams between the events of connections", () => {
  it("are looked for once a millisecond, however many events there are", () => {
    const state = between();
    for (let event = 0; event < 1_000; event += 1) {
      state.nowMs += 0.02;
      state.look();
    }
    expect(state.looks).toBeGreaterThanOrEqual(19);
    expect(state.looks).toBeLessThanOrEqual(20);
  });

  it("leave connections their time, however long datagrams take", () => {
    const state = between();
    state.lookTakesMs = 5;
    state.nowMs = 1;
    state.look();
    state.look();
    expect(state.looks).toBe(1);
    state.nowMs += 1;
    state.look();
    expect(state.looks).toBe(2);
  });
});
