import { expect, it } from "vitest";
import { drawWorld } from "./draw-world.ts";
import { WORLD_HEIGHT, WORLD_WIDTH } from "./world.ts";

const world = drawWorld();
const find = (code: string) => world.find((country) => country.code === code);

it("has every country of ISO 3166-1 that has inhabitants, the very small ones as a dot", () => {
  for (const code of ["SG", "HK", "MT", "MC", "LI", "SM", "VA", "AD", "LU", "GI", "RE", "MU", "MO", "BH"]) {
    expect([code, find(code)?.isSmall]).toEqual([code, true]);
  }
  for (const code of ["FR", "GB", "US", "CN", "RU", "XK", "BR"]) expect(find(code)?.path).toMatch(/^M\d/);
  expect(find("FR")?.isSmall).toBe(false);
  const codes = world.map(({ code }) => code).filter((code) => code !== "");
  expect(new Set(codes).size).toBeGreaterThan(245);
});

it("has each country inside the drawing, France above and left of Singapore", () => {
  for (const { x, y } of world) {
    expect(x >= 0 && x <= WORLD_WIDTH).toBe(true);
    expect(y >= 0 && y <= WORLD_HEIGHT).toBe(true);
  }
  const [france, singapore] = [find("FR"), find("SG")];
  expect((france?.x ?? 0) < (singapore?.x ?? 0)).toBe(true);
  expect((france?.y ?? 0) < (singapore?.y ?? 0)).toBe(true);
});

it("stays small enough to be loaded beside the page", () => {
  expect(JSON.stringify(world).length).toBeLessThan(300_000);
});
