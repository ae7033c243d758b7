import { expect, it } from "vitest";
import { fromWallTime, toWallTime } from "./wall-time.ts";

it.each([
  ["UTC", "2026-11-22T12:00:00Z", "2026-11-22 12:00:00"],
  ["Europe/Paris", "2026-11-22T12:00:00Z", "2026-11-22 13:00:00"],
  ["Europe/Paris", "2026-07-01T22:30:00Z", "2026-07-02 00:30:00"],
  ["Asia/Kolkata", "2026-11-22T20:00:00Z", "2026-11-23 01:30:00"],
  ["America/St_Johns", "2026-01-01T00:00:00Z", "2025-12-31 20:30:00"],
])("in %s, %s is %s on the wall, and back", (zone, moment, wall) => {
  expect(toWallTime(Date.parse(moment), zone)).toBe(wall);
  expect(fromWallTime(wall, zone)).toBe(Date.parse(moment));
});

it("on both sides of a change of summer time the wall leads back to the moment", () => {
  const change = Date.parse("2026-10-25T01:00:00Z");
  for (const hours of [-3, -2, 1, 2, 3]) {
    const moment = change + hours * 3_600_000;
    expect(fromWallTime(toWallTime(moment, "Europe/Paris"), "Europe/Paris")).toBe(moment);
  }
});

it("a wall time that does not exist becomes one that is near", () => {
  const moment = fromWallTime("2026-03-29 02:30:00", "Europe/Paris") ?? 0;
  expect(Math.abs(moment - Date.parse("2026-03-29T01:00:00Z"))).toBeLessThanOrEqual(3_600_000);
});

it("what is no time is none", () => {
  expect(fromWallTime("tomorrow", "UTC")).toBeUndefined();
});
