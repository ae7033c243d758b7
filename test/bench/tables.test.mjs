/** The tables of docs/benchmarks.md: renewed in their places, the prose around them kept. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parts } from "./parts.mjs";
import { fillIn } from "./tables.mjs";

const document = readFileSync(new URL("../../docs/benchmarks.md", import.meta.url), "utf8");
const spread = (/** @type {number} */ median) => ({ median, least: median - 1, most: median + 1 });
const run = {
  command: "node x",
  machine: { processors: "2 × one", versions: "Node 20" },
  atMs: Date.UTC(2026, 0, 2, 3, 4),
  load: 0.25,
};
const reader = {
  ...run,
  turns: 7,
  rows: [
    { name: "ours", perSecond: spread(300_000) },
    { name: "theirs", perSecond: spread(600) },
  ],
};

describe("the benchmarks' document", () => {
  it("has a place for each part", () => {
    for (const { name } of parts) {
      const [begin, end] = [document.indexOf(`<!-- ${name} -->`), document.indexOf(`<!-- /${name} -->`)];
      expect(begin, name).toBeGreaterThan(0);
      expect(end, name).toBeGreaterThan(begin);
    }
  });

  it("keeps its prose and takes a table twice without growing", () => {
    const once = fillIn("before\n<!-- reader -->\nold\n<!-- /reader -->\nbehind\n", { reader });
    expect(once).toMatch(/^before\n<!-- reader -->\n\| /);
    expect(once).toMatch(/<!-- \/reader -->\nbehind\n$/);
    expect(once).not.toContain("old");
    expect(once).toContain("| ours | 300,000 (299,999 to 300,001) | 1.0 |");
    expect(once).toContain("`node x` on 2026-01-02 03:04 UTC: 2 × one; Node 20; load average 0.3 before.");
    expect(fillIn(once, { reader })).toBe(once);
  });

  it("tells no time of a request where requests were lost", () => {
    const none = { median: 0, least: 0, most: 0 };
    const paced = (/** @type {number} */ median) => {
      const [p50, p99, p999] = [spread(50), spread(2_000), spread(-1)];
      return { p50, p99, p999, microseconds: median === 0 ? none : spread(median), lost: 5, sent: 1_000 };
    };
    const row = (/** @type {string} */ name, /** @type {number} */ first, /** @type {number} */ second) => ({
      name,
      capacity: spread(9_000),
      2000: paced(first),
      10000: paced(second),
    });
    const rows = [row("Kamailio", 30, 20), row("sipprot transparent", 60, 0)];
    const text = fillIn("<!-- side -->\n<!-- /side -->", { side: { ...run, turns: 5, rates: [2_000, 10_000], rows } });
    expect(text).toContain("| sipprot transparent | 9,000 (8,999 to 9,001) | 60.0 (59.0 to 61.0) µs | – | 0.50 | – |");
    expect(text).toContain("| 50 µs (49 µs to 51 µs) | 2.0 ms (2.0 ms to 2.0 ms) | – | 0.50 % |");
  });
});
