import { describe, expect, it } from "vitest";
import {
  boundsBefore,
  boundsOf,
  isSameRange,
  MAX_RANGE_MS,
  rangePresets,
  readRange,
  writeRange,
} from "./time-range.ts";

const nowMs = Date.UTC(2026, 10, 22, 12, 0);

describe("a range in the address", () => {
  it.each([...rangePresets, "2026-11-22T10:00Z~2026-11-22T12:30Z"])("%s is read and written the same", (text) => {
    const range = readRange(text);
    expect(range === null ? null : writeRange(range)).toBe(text);
  });

  it.each([
    "",
    "2h",
    "~",
    "2026-11-22T12:00Z~2026-11-22T12:00Z",
    "2026-11-22T12:00Z~2026-11-22T11:00Z",
    "2026-02-31T00:00Z~2026-03-05T00:00Z",
    "2026-11-22~2026-11-23",
    "2026-11-22T10:00Z~2026-11-22T12:30Z~2026-11-22T13:00Z",
    "2020-01-01T00:00Z~2026-01-01T00:00Z",
    "9999999-01-01T00:00Z~x",
  ])("%s is no range", (text) => {
    expect(readRange(text)).toBeNull();
  });

  it("may be as long as counts are kept, and no longer", () => {
    const from = Date.UTC(2025, 0, 1);
    const to = (ms: number) => new Date(from + ms).toISOString().slice(0, 16);
    expect(readRange(`2025-01-01T00:00Z~${to(MAX_RANGE_MS)}Z`)).not.toBeNull();
    expect(readRange(`2025-01-01T00:00Z~${to(MAX_RANGE_MS + 60_000)}Z`)).toBeNull();
  });
});

describe("the bounds of a range", () => {
  it("move with the time for the last so long", () => {
    const range = { kind: "last", preset: "1h" } as const;
    expect(boundsOf(range, nowMs)).toEqual({ fromMs: nowMs - 3_600_000, toMs: nowMs });
    expect(boundsOf(range, nowMs + 5000).toMs).toBe(nowMs + 5000);
  });

  it("stand still for a free range", () => {
    const range = { kind: "free", fromMs: 1, toMs: 2 } as const;
    expect(boundsOf(range, nowMs)).toEqual({ fromMs: 1, toMs: 2 });
  });

  it("have a period before that is as long and ends where this one begins", () => {
    expect(boundsBefore({ kind: "last", preset: "24h" }, nowMs)).toEqual({
      fromMs: nowMs - 2 * 86_400_000,
      toMs: nowMs - 86_400_000,
    });
  });
});

it("two ranges of the same minutes are the same", () => {
  expect(
    isSameRange({ kind: "free", fromMs: 60_000, toMs: 120_000 }, { kind: "free", fromMs: 60_001, toMs: 120_002 }),
  ).toBe(true);
  expect(isSameRange({ kind: "last", preset: "1h" }, { kind: "last", preset: "6h" })).toBe(false);
});
