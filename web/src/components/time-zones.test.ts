import { expect, it } from "vitest";
import { timeZoneChoices } from "./time-zones.ts";

it("Time zones are offered by name with what they differ from UTC on that day, UTC first, each once", () => {
  const summer = timeZoneChoices(Date.UTC(2026, 6, 1), "US/Eastern");
  expect(summer[0]).toEqual({ value: "UTC", label: "UTC" });
  expect(summer).toContainEqual({ value: "Europe/Paris", label: "Europe/Paris (UTC+02:00)" });
  expect(summer).toContainEqual({ value: "US/Eastern", label: "US/Eastern (UTC-04:00)" });
  expect(new Set(summer.map(({ value }) => value)).size).toBe(summer.length);
  expect(timeZoneChoices(Date.UTC(2026, 0, 1), undefined)).toContainEqual({
    value: "Europe/Paris",
    label: "Europe/Paris (UTC+01:00)",
  });
});
