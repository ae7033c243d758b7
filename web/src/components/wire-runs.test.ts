import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeWire as shown, wireRuns } from "./wire-runs.ts";

it.each([
  ["plain text", "plain text"],
  ["a\r\nb\tc", "a\\r\\nb\\tc"],
  ["nul\0", "nul\\0"],
  ["\u001b[31mred", "\\x1b[31mred"],
  ["safe\u202eexe.txt", "safe\\u{202e}exe.txt"],
  ["in\u200bvisible", "in\\u{200b}visible"],
  ["tag\u{e0041}", "tag\\u{e0041}"],
  ["lone \ud800 surrogate", "lone \\u{d800} surrogate"],
  ["né à Zürich 日本 😀", "né à Zürich 日本 😀"],
  ["<script>alert(1)</script>", "<script>alert(1)</script>"],
])("%j is shown as %j", (text, expected) => {
  expect(shown(text)).toBe(expected);
});

it("of any text nothing is lost, and nothing that cannot be seen is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const runs = wireRuns(text);
      expect(shown(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
      const starts = runs.map((run) => run.at);
      expect(starts).toEqual([...starts].sort((one, other) => one - other));
      const kept = runs
        .filter((run) => !run.isEscape)
        .every((run) => text.slice(run.at, run.at + run.text.length) === run.text);
      expect(kept).toBe(true);
    }),
  );
});
