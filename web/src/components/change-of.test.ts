import { expect, it } from "vitest";
import { changeOf } from "./change-of.ts";

it.each([
  [150, 100, { direction: "up", ratio: 0.5 }],
  [50, 100, { direction: "down", ratio: -0.5 }],
  [7, 7, { direction: "same", ratio: 0 }],
  [0, 0, { direction: "same", ratio: 0 }],
  [0, 4, { direction: "down", ratio: -1 }],
])("%d after %d", (now, before, change) => {
  expect(changeOf(now, before)).toEqual(change);
});

it("something after nothing has no ratio: it would be without end", () => {
  expect(changeOf(3, 0)).toEqual({ direction: "up" });
});
