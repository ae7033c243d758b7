import { expect, it } from "vitest";
import { flaws } from "./flaw.ts";

it("every flaw has one name", () => {
  expect(new Set(flaws).size).toBe(flaws.length);
});
