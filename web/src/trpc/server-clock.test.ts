import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { noteServerDate, serverNowMs } from "./server-clock.ts";

const nowMs = Date.parse("2026-11-22T12:00:00Z");

beforeEach(() => vi.useFakeTimers({ now: nowMs }));
afterEach(() => {
  noteServerDate(new Date(nowMs).toUTCString(), nowMs);
  vi.useRealTimers();
});

it("a reader's clock that is five minutes slow counts by the server's", () => {
  noteServerDate("Sun, 22 Nov 2026 12:05:00 GMT", nowMs);
  expect(serverNowMs()).toBe(nowMs + 300_000);
});

it("a second of difference is the header's own, and left alone", () => {
  noteServerDate("Sun, 22 Nov 2026 12:00:01 GMT", nowMs);
  expect(serverNowMs()).toBe(nowMs);
});

it("an answer without a date changes nothing", () => {
  noteServerDate("Sun, 22 Nov 2026 12:05:00 GMT", nowMs);
  noteServerDate(null, nowMs);
  noteServerDate("soon", nowMs);
  expect(serverNowMs()).toBe(nowMs + 300_000);
});
