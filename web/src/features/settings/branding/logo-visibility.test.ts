import { expect, it } from "vitest";
import { findPlates, visibleShare } from "./logo-visibility.ts";

const pixels = (...colors: readonly (readonly [number, number, number, number])[]) => colors.flat();
const black = [0, 0, 0, 255] as const;
const white = [255, 255, 255, 255] as const;
const nothing = [255, 255, 255, 0] as const;

it("what is transparent is no part of a logo", () => {
  expect(visibleShare(pixels(black, nothing, nothing), "#ffffff")).toBe(1);
  expect(visibleShare(pixels(nothing), "#ffffff")).toBe(0);
  expect(visibleShare(pixels(black, white), "#ffffff")).toBe(0.5);
});

it("a dark logo stands on a plate in the dark appearance, a light one in the light, and a colourful one on none", () => {
  expect(findPlates(pixels(black, nothing))).toEqual(["dark"]);
  expect(findPlates(pixels(white, nothing))).toEqual(["light"]);
  expect(findPlates(pixels(black, white))).toEqual([]);
  expect(findPlates(pixels([200, 60, 30, 255]))).toEqual([]);
});
