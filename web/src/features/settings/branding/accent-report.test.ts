import { expect, it } from "vitest";
import { isColor, reportAccent } from "./accent-report.ts";

it("a colour that can be read in one appearance is adapted in the other, and both say so", () => {
  const { light, dark } = reportAccent("#0b6374");
  expect([light.isTextAdapted, light.isFilledAdapted]).toEqual([false, false]);
  expect([dark.isTextAdapted, dark.isFilledAdapted]).toEqual([true, true]);
  expect(dark.given).toBeLessThan(3);
  expect(Math.min(light.text, dark.text)).toBeGreaterThanOrEqual(4.5);
});

it("a pale yellow is adapted for the light appearance alone", () => {
  const { light, dark } = reportAccent("#ffef99");
  expect([light.isFilledAdapted, dark.isFilledAdapted]).toEqual([true, false]);
});

it.each([
  ["#0B6374", true],
  ["0b6374", false],
  ["#fff", false],
  ["red", false],
])("%s is a colour: %s", (text, isOne) => {
  expect(isColor(text)).toBe(isOne);
});
