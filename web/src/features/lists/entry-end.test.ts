import { expect, it } from "vitest";
import { endOf, expiresAt, isPossible, secondsUntil } from "./entry-end.ts";

const nowMs = 1_700_000_000_400;

it("never is never", () => {
  const end = endOf(undefined);
  expect([expiresAt(end, nowMs), secondsUntil(end, nowMs), isPossible(end, nowMs)]).toEqual([null, undefined, true]);
});

it("a length of time counts from when it is sent", () => {
  const end = { kind: "for", seconds: 3600 } as const;
  expect([expiresAt(end, nowMs), secondsUntil(end, nowMs), isPossible(end, nowMs)]).toEqual([
    1_700_003_600,
    3600,
    true,
  ]);
});

it("the end of an entry comes back as it was", () => {
  expect(expiresAt(endOf(1_700_000_777), nowMs)).toBe(1_700_000_777);
  expect(secondsUntil(endOf(1_700_000_777), nowMs)).toBe(777);
});

it("what is over, or not chosen, is not possible", () => {
  expect(isPossible(endOf(1_700_000_000), nowMs)).toBe(false);
  expect(isPossible({ kind: "at", atMs: undefined }, nowMs)).toBe(false);
});
