import { expect, it } from "vitest";
import { splitUnit } from "./duration-unit.ts";

it.each([
  [3600, 1, 3600],
  [5400, 90, 60],
  [172_800, 2, 86_400],
  [90, 90, 1],
  [0, 0, 1],
])("%i seconds are %i of %i", (seconds, count, unit) => {
  expect(splitUnit(seconds)).toEqual({ count, unit });
});
