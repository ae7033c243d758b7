import { describe, expect, it } from "vitest";
import { coverTime, finestKept, SPAN_MS } from "./count-period.ts";

const nowMs = Date.UTC(2026, 10, 22, 13, 47, 12);
const names = (fromMs: number, toMs: number, longest: "minute" | "hour" | "day" = "day") =>
  coverTime(fromMs, toMs, longest, nowMs).map(({ name }) => name);

describe("a stretch of time", () => {
  it("is covered by minutes at its ends, hours and days inside, without a gap and without overlap", () => {
    const fromMs = Date.UTC(2026, 10, 20, 22, 58);
    const toMs = Date.UTC(2026, 10, 22, 13, 48);
    const periods = coverTime(fromMs, toMs, "day", nowMs);
    let atMs = fromMs;
    for (const period of periods) {
      expect(period.atMs).toBe(atMs);
      atMs += SPAN_MS[period.span];
    }
    expect(atMs).toBe(toMs);
    expect(periods.slice(0, 4).map(({ name }) => name)).toEqual([
      "2026-11-20T22:58",
      "2026-11-20T22:59",
      "2026-11-20T23",
      "2026-11-21",
    ]);
    expect(periods).toHaveLength(2 + 1 + 1 + 13 + 48);
  });

  it("is covered by nothing longer than asked for", () => {
    const fromMs = Date.UTC(2026, 10, 22);
    expect(names(fromMs, fromMs + SPAN_MS.day, "hour")).toHaveLength(24);
    expect(names(fromMs, fromMs + SPAN_MS.hour, "minute")).toHaveLength(60);
  });

  it("is taken outwards to the hour or the day where nothing finer is kept", () => {
    const lastWeek = Date.UTC(2026, 10, 12, 9, 30);
    expect(finestKept(lastWeek, nowMs)).toBe("hour");
    expect(names(lastWeek, lastWeek + SPAN_MS.hour, "minute")).toEqual(["2026-11-12T09", "2026-11-12T10"]);
    const lastYear = Date.UTC(2025, 11, 24, 9, 30);
    expect(finestKept(lastYear, nowMs)).toBe("day");
    expect(names(lastYear, lastYear + SPAN_MS.hour)).toEqual(["2025-12-24"]);
  });
});
