import { describe, expect, it } from "vitest";
import { StandingGathering } from "./standing-gathering.ts";

function portion(records: readonly unknown[], isFirst: boolean, isLast: boolean) {
  return { kind: "standing", records, isFirst, isLast } as const;
}

describe("what workers tell of who is in good standing", () => {
  it("is whole with the last portion, each worker's for itself", () => {
    const gathering = new StandingGathering();
    gathering.begin([1, 2]);
    expect(gathering.take(1, portion(["a"], true, false))).toBeUndefined();
    expect(gathering.take(2, portion(["x"], true, true))).toEqual(["x"]);
    expect(gathering.isComplete).toBe(false);
    expect(gathering.take(1, portion(["b"], false, false))).toBeUndefined();
    expect(gathering.take(1, portion([], false, true))).toEqual(["a", "b"]);
    expect(gathering.isComplete).toBe(true);
  });

  it("begins anew with a first portion, and is nothing without one", () => {
    const gathering = new StandingGathering();
    gathering.take(1, portion(["old"], true, false));
    expect(gathering.take(1, portion(["new"], true, true))).toEqual(["new"]);
    expect(gathering.take(1, portion(["rest"], false, true))).toBeUndefined();
  });

  it("is waited for from those asked last only, and what was told before they were is no whole", () => {
    const gathering = new StandingGathering();
    gathering.begin([1, 2]);
    gathering.take(1, portion(["before"], true, false));
    gathering.begin([1]);
    expect(gathering.take(1, portion([], false, true))).toBeUndefined();
    expect(gathering.isComplete).toBe(false);
    expect(gathering.take(1, portion(["after"], true, true))).toEqual(["after"]);
    expect(gathering.isComplete).toBe(true);
  });

  it("is not waited for from a worker that is gone", () => {
    const gathering = new StandingGathering();
    gathering.begin([1]);
    gathering.take(1, portion(["a"], true, false));
    gathering.forget(1);
    expect(gathering.isComplete).toBe(true);
    expect(gathering.take(1, portion(["b"], false, true))).toBeUndefined();
  });
});
