import { describe, expect, it } from "vitest";
import { dayOf, daysKept, readDay, shiftDay } from "./report-day.ts";

describe("the day of a report", () => {
  it("is a day of UTC, whatever the reader's time zone", () => {
    expect(dayOf(Date.UTC(2026, 10, 22, 23, 59))).toBe("2026-11-22");
  });
  it("is followed and preceded across months, leap days and years", () => {
    expect(shiftDay("2026-12-31", 1)).toBe("2027-01-01");
    expect(shiftDay("2028-03-01", -1)).toBe("2028-02-29");
  });
  it("is as far back as counts are kept, and never to come", () => {
    expect(daysKept(Date.UTC(2026, 10, 22, 12))).toEqual({ first: "2025-10-18", last: "2026-11-22" });
  });
  it.each(["", "2026-02-31", "22/11/2026", "2026-11-22T00:00", "today"])("is not read from %j", (text) => {
    expect(readDay(text)).toBeNull();
  });
  it("is read from an address", () => {
    expect(readDay("2026-11-22")).toBe("2026-11-22");
  });
});
