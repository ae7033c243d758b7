import { describe, expect, it } from "vitest";
import type { StandingRecord } from "../policy/standing.ts";
import type { WorkerToMain } from "../worker-messages.ts";
import { StandingTeller } from "./standing-teller.ts";

type Portion = Extract<WorkerToMain, { kind: "standing" }>;

/** Somebody who knows so many sources, and main, who takes what it is told while `isHearing`. */
function aTeller(count: number) {
  const told: Portion[] = [];
  const state = { count, isHearing: true, told };
  function* exportStanding(atOnce: number): Generator<StandingRecord[], void> {
    for (let from = 0; from < state.count; from += atOnce) {
      const size = Math.min(atOnce, state.count - from);
      yield Array.from({ length: size }, (_, index) => ({ source: `${from + index}`, accounts: [], trunkMs: 1 }));
    }
  }
  const teller = new StandingTeller({ exportStanding }, (message) => {
    if (state.isHearing && message.kind === "standing") told.push(message);
    return state.isHearing;
  });
  const sources = () => told.flatMap(({ records }) => (records as StandingRecord[]).map(({ source }) => source));
  const untilLast = () => expect.poll(() => told.at(-1)?.isLast).toBe(true);
  return Object.assign(state, { teller, sources, untilLast });
}

describe("who is in good standing", () => {
  it("is told in portions with turns of the event loop between, the first and the last marked", async () => {
    const one = aTeller(250);
    one.teller.begin();
    expect(one.told).toHaveLength(1);
    let turns = 0;
    while (one.told.at(-1)?.isLast !== true) {
      await new Promise(setImmediate);
      turns += 1;
    }
    expect(turns).toBeGreaterThanOrEqual(one.told.length - 1);
    expect(one.told.map(({ records, isFirst, isLast }) => [records.length, isFirst, isLast])).toEqual([
      [100, true, false],
      [100, false, false],
      [50, false, false],
      [0, false, true],
    ]);
    expect(one.sources()).toEqual(Array.from({ length: 250 }, (_, index) => `${index}`));
  });

  it("is told of nobody, too", () => {
    const one = aTeller(0);
    one.teller.begin();
    expect(one.told).toEqual([{ kind: "standing", records: [], isFirst: true, isLast: true }]);
  });

  it("waits for a main that takes nothing, and loses no portion", async () => {
    const one = aTeller(250);
    one.teller.begin();
    one.isHearing = false;
    await new Promise(setImmediate);
    one.isHearing = true;
    await one.untilLast();
    expect(one.sources()).toHaveLength(250);
  });

  it("begins anew when asked again, whatever was not told yet", async () => {
    const one = aTeller(250);
    one.isHearing = false;
    one.teller.begin();
    one.count = 120;
    one.teller.begin();
    one.isHearing = true;
    await one.untilLast();
    expect(one.told.map(({ isFirst }) => isFirst)).toEqual([true, false, false]);
    expect(one.sources()).toHaveLength(120);
    one.teller.begin();
    await one.untilLast();
    expect(one.sources()).toHaveLength(240);
  });
});
