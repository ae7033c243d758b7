import { describe, expect, it } from "vitest";
import { ClockWatch, MIN_STEP_MS, steadyNow } from "./clock.ts";

describe("the watch over the clock", () => {
  it("tells of a step once, and by how much; drift and small steps add up", () => {
    let wallMs = 1_000_000;
    let steadyMs = 500;
    const watch = new ClockWatch(
      () => wallMs,
      () => steadyMs,
    );
    expect(watch.readStep()).toBe(0);
    wallMs += 86_400_000 + 1000;
    steadyMs += 1000;
    expect(watch.readStep()).toBe(86_400_000);
    expect(watch.readStep()).toBe(0);
    wallMs -= MIN_STEP_MS - 1;
    expect(watch.readStep()).toBe(0);
    wallMs -= 1;
    expect(watch.readStep()).toBe(-MIN_STEP_MS);
  });

  it("goes by a clock that is that of the wall while nobody sets it", () => {
    expect(Math.abs(steadyNow() - Date.now())).toBeLessThan(1000);
  });
});
