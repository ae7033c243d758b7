import { expect, it } from "vitest";
import { SHADES, shadeBounds, shadeOf } from "./shades.ts";

it.each([1, 2, 7, 100, 1_000_000])("gives the busiest country, with %i messages, the darkest shade", (most) => {
  const bounds = shadeBounds(most);
  expect(bounds.at(-1)).toBe(most);
  expect(shadeOf(most, bounds)).toBe(SHADES);
});

it("draws more never lighter than less, and none not at all", () => {
  const bounds = shadeBounds(5000);
  const shades = Array.from({ length: 5001 }, (_, count) => shadeOf(count, bounds));
  expect(shades[0]).toBe(0);
  expect(shades[1]).toBe(1);
  for (const [index, shade] of shades.entries()) expect(shade).toBeGreaterThanOrEqual(shades[index - 1] ?? 0);
});

it("has no class twice where counts are small, and none where nothing happened", () => {
  expect(shadeBounds(2)).toEqual([1, 2]);
  expect(shadeBounds(0)).toEqual([]);
});
