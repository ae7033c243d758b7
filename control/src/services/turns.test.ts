import { describe, expect, it } from "vitest";
import { startTurns, type Timers } from "./turns.ts";

/** Timers that are wound by hand. */
function fakeTimers() {
  let waiting: { readonly ms: number; readonly work: () => void } | undefined;
  const timers: Timers = {
    after: (ms, work) => {
      waiting = { ms, work };
      return () => {
        waiting = undefined;
      };
    },
  };
  return {
    timers,
    waitingMs: () => waiting?.ms,
    elapse: () => {
      const { work } = waiting ?? { work: () => undefined };
      waiting = undefined;
      work();
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  it("follow each other after a pause, also after one that failed", async () => {
    const clock = fakeTimers();
    const troubles: unknown[] = [];
    let turns = 0;
    const takeTurn = async () => {
      turns += 1;
      if (turns === 1) throw new Error("store away");
    };
    startTurns(takeTurn, 30_000, clock.timers, (error) => troubles.push(String(error)));
    await settle();
    expect([turns, clock.waitingMs(), troubles]).toEqual([1, 30_000, ["Error: store away"]]);
    clock.elapse();
    await settle();
    expect([turns, clock.waitingMs()]).toEqual([2, 30_000]);
  });

  it("are never two at once, and a hastened one comes right after", async () => {
    const clock = fakeTimers();
    const ends: Array<() => void> = [];
    const turns = startTurns(
      () => new Promise((resolve) => ends.push(resolve)),
      1000,
      clock.timers,
      () => undefined,
    );
    turns.hasten();
    turns.hasten();
    await settle();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await settle();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await settle();
    expect(clock.waitingMs()).toBe(1000);
    turns.hasten();
    expect(ends).toHaveLength(3);
  });

  it("end with the one that is going on", async () => {
    const clock = fakeTimers();
    let end: () => void = () => undefined;
    const turns = startTurns(
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
      1000,
      clock.timers,
      () => undefined,
    );
    let isStopped = false;
    const stopping = turns.stop().then(() => {
      isStopped = true;
    });
    await settle();
    expect(isStopped).toBe(false);
    end();
    await stopping;
    expect(clock.waitingMs()).toBeUndefined();
  });
});
