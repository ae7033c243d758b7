import type { SipEvent } from "@sipprot/shared/event";
import { COUNT_LIMITS, redisKeys } from "@sipprot/shared/redis-keys";
import { reportSchema } from "@sipprot/shared/report";
import { statsRangeSchema, statsSchema } from "@sipprot/shared/stats";
import { writeEvents } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { makeReport, readDay } from "./report.ts";
import { formatReport } from "./report-formats.ts";
import { readStats } from "./stats.ts";

let store: TestRedis;
let redis: Redis;

beforeAll(async () => {
  store = await startTestRedis("report");
  redis = await store.open();
});

afterAll(async () => {
  await store.close();
});

beforeEach(async () => {
  await redis.flushall();
});

const at = (hour: number, day = 22) => Date.UTC(2026, 10, day, hour, 30);

const event = (differing: Partial<SipEvent> = {}): SipEvent => ({
  kind: "refused",
  atMs: at(9),
  count: 1,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "198.51.100.7",
  country: "FR",
  gate: "scanner",
  reason: { gate: "scanner", agent: "friendly-scanner", pattern: "friendly" },
  proven: false,
  method: "REGISTER",
  agent: "friendly-scanner",
  ...differing,
});

const day = (from: string, to = from) => statsRangeSchema.parse({ from, to });

describe("the daily firewall report", () => {
  it("is the table operators know: by victim, then by attacker, with a total", async () => {
    await writeEvents(redis, [
      event({ count: 5 }),
      event({ source: "198.51.100.100", country: "DE", endpoint: "203.0.113.9:5062", method: "INVITE" }),
      event({ source: "198.51.100.20", country: "US", count: 2 }),
      event({ endpoint: "203.0.113.10:5062" }),
      event({ kind: "would-refuse", count: 100 }),
      event({ kind: "block-began" }),
      event({ atMs: at(9, 23) }),
    ]);
    const report = reportSchema.parse(await makeReport(redis, "PBXware-Standalone", "2026-11-22"));
    expect(formatReport(report, "text")).toBe(`Daily Firewall Report

Host: PBXware-Standalone
Date: Sun, 22 Nov 2026

+----------------+---------------+------------------+--------------+--------+
|    ATTACKER IP |       COUNTRY |           METHOD |    VICTIM IP | BLOCKS |
+----------------+---------------+------------------+--------------+--------+
| 198.51.100.100 |       Germany |   SCANNER:INVITE |  203.0.113.9 |      1 |
+----------------+---------------+------------------+--------------+--------+
|   198.51.100.7 |        France | SCANNER:REGISTER | 203.0.113.10 |      6 |
+----------------+---------------+------------------+--------------+--------+
|  198.51.100.20 | United States | SCANNER:REGISTER | 203.0.113.10 |      2 |
+----------------+---------------+------------------+--------------+--------+
|                |               |                  |        TOTAL |      9 |
+----------------+---------------+------------------+--------------+--------+`);
    expect(formatReport(report, "csv")).toBe(
      [
        "ATTACKER_IP,COUNTRY,METHOD,VICTIM_IP,BLOCKS",
        "198.51.100.100,Germany,SCANNER:INVITE,203.0.113.9,1",
        "198.51.100.7,France,SCANNER:REGISTER,203.0.113.10,6",
        "198.51.100.20,United States,SCANNER:REGISTER,203.0.113.10,2",
        ",,,TOTAL,9",
        "",
      ].join("\r\n"),
    );
    expect(formatReport(report, "text", "fr")).toContain("Allemagne");
    expect(formatReport(report, "text", "fr")).toContain("dim. 22 nov. 2026");
  });

  it("says zero of a quiet day", async () => {
    const report = await makeReport(redis, "pbx1", "2026-11-22");
    expect(report).toMatchObject({ rows: [], unnamed: 0, total: 0 });
    expect(formatReport(report, "text")).toContain("TOTAL |      0 |");
  });

  it("counts attackers beyond those a day names among the total", async () => {
    await writeEvents(redis, [event({ count: 5 }), event({ source: "198.51.100.8", count: 2 })]);
    await redis.zremrangebyrank(redisKeys.attackers("2026-11-22"), 0, 0);
    const report = await makeReport(redis, "pbx1", "2026-11-22");
    expect(report).toMatchObject({ unnamed: 2, total: 7 });
    expect(formatReport(report, "csv")).toContain(",,,OTHERS,2\r\n,,,TOTAL,7");
  });

  it("shows no markup, no formula and no control character of a host's or a wire's making", async () => {
    const row = {
      country: "FR",
      countryName: '=cmd|"x"',
      method: "M",
      victim: "<b>",
      blocks: 1,
      attacker: "\u001b[2J",
    };
    const report = { host: "<script>&", date: "2026-11-22", rows: [row], unnamed: 0, total: 1 };
    expect(formatReport(report, "html")).toContain("&lt;script&gt;&amp;");
    expect(formatReport(report, "html")).toContain("&lt;b&gt;");
    expect(formatReport(report, "html")).not.toContain("\u001b");
    expect(formatReport(report, "text")).not.toContain("\u001b");
    expect(formatReport(report, "csv")).toContain(`"'=cmd|""x"""`);
  });

  it.each(["yesterday", "2026-02-30", "22.11.2026", ""])("does not take %j for a day", (text) => {
    expect(() => readDay(text)).toThrow(expect.objectContaining({ code: "bad-date" }));
  });
});

describe("statistics", () => {
  it("of a day add up to that day's report, whichever way they are cut", async () => {
    await writeEvents(
      redis,
      Array.from({ length: 300 }, (_, index) =>
        event({
          count: (index % 7) + 1,
          atMs: at(index % 24),
          source: `198.51.100.${index % 50}`,
          country: ["FR", "DE", "US"][index % 3],
          endpoint: `203.0.113.${10 + (index % 2)}:5060`,
          gate: (["scanner", "flood"] as const)[index % 2] ?? "scanner",
          agent: `agent ${index % 5}`,
        }),
      ),
    );
    const report = await makeReport(redis, "pbx1", "2026-11-22");
    const range = statsRangeSchema.parse({ from: "2026-11-22", to: "2026-11-22", timeline: "hour", top: 200 });
    const stats = statsSchema.parse(await readStats(redis, range, 0));
    const sum = (counted: readonly { readonly refused: number }[]) =>
      counted.reduce((total, { refused }) => total + refused, 0);
    for (const cut of ["endpoints", "countries", "gates", "timeline", "sources", "agents"] as const) {
      expect([cut, sum(stats[cut])]).toEqual([cut, report.total]);
    }
    expect(stats.refused).toBe(report.total);
    expect(report.rows.reduce((total, row) => total + row.blocks, 0)).toBe(report.total);
    expect(stats.timeline).toHaveLength(24);
    expect(stats.sourcesAreComplete).toBe(true);
  });

  it("of a range hold its first and last day and nothing else", async () => {
    for (const dayOfMonth of [19, 20, 21, 22]) {
      await writeEvents(redis, [event({ atMs: at(23, dayOfMonth), count: 10 ** (dayOfMonth - 19) })]);
    }
    await writeEvents(redis, [
      event({ kind: "would-refuse", atMs: at(0, 20) }),
      event({ kind: "block-began", atMs: at(0, 20) }),
    ]);
    const stats = await readStats(redis, day("2026-11-20", "2026-11-21"), 0);
    expect(stats).toMatchObject({ refused: 110, wouldRefuse: 1, blocksBegun: 1 });
    expect(stats.timeline).toEqual([
      { name: "2026-11-20", refused: 10, wouldRefuse: 1 },
      { name: "2026-11-21", refused: 100, wouldRefuse: 0 },
    ]);
    expect(stats.sources).toEqual([
      { source: "198.51.100.7", country: "FR", gate: "scanner", refused: 110, wouldRefuse: 1 },
    ]);
    expect(stats.agents).toEqual([{ agent: "friendly-scanner", refused: 110, wouldRefuse: 1 }]);
  });

  it.each([
    [{ from: "2026-11-22", to: "2026-11-21" }, "to"],
    [{ from: "2025-01-01", to: "2026-11-21" }, "from"],
    [{ from: "2026-01-01", to: "2026-11-21", timeline: "hour" }, "timeline"],
    [{ from: "__proto__", to: "2026-11-21" }, "from"],
  ])("refuse the range %j", (range, field) => {
    expect(statsRangeSchema.safeParse(range).error?.issues[0]?.path).toEqual([field]);
  });

  it("keep made-up agents within bounds, and hours for their stated time", async () => {
    for (let portion = 0; portion < 5; portion += 1) {
      await writeEvents(
        redis,
        Array.from({ length: 500 }, (_, index) => event({ agent: `${portion}-${index}-${"x".repeat(250)}` })),
      );
    }
    expect(await redis.zcard(redisKeys.agents("2026-11-22"))).toBe(COUNT_LIMITS.day.maxAgents);
    expect(await redis.ttl(redisKeys.counts("2026-11-22T09"))).toBeGreaterThan(COUNT_LIMITS.hour.seconds - 60);
  });
});
