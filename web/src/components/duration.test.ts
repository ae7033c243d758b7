import { expect, it } from "vitest";
import { splitDuration } from "./duration.ts";

it.each([
  [0, [0, 0, 0, 0]],
  [-5, [0, 0, 0, 0]],
  [0.2, [0, 0, 0, 1]],
  [59, [0, 0, 0, 59]],
  [3600, [0, 1, 0, 0]],
  [90_061, [1, 1, 1, 1]],
])("%d seconds", (seconds, parts) => {
  expect(Object.values(splitDuration(seconds))).toEqual(parts);
});
