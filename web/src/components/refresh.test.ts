import { expect, it } from "vitest";
import { readRefresh, refreshSeconds } from "./refresh.ts";

it("every interval is read as it is written", () => {
  for (const seconds of refreshSeconds) expect(readRefresh(String(seconds))).toBe(seconds);
});

it.each(["1", "-5", "5.0", "", "0.001", "NaN"])(
  "%s is no interval: nobody makes the page ask a thousand times a second",
  (text) => {
    expect(readRefresh(text)).toBeNull();
  },
);
