import type { SipEvent } from "@sipprot/shared/event";
import { writeTraffic } from "@sipprot/shared/store/count-store";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { statsWindowSchema, windowStatsSchema } from "@sipprot/shared/window-stats";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { readWindow } from "./window-stats.ts";

let store: TestRedis;
let redis: Redis;

beforeAll(async () => {
  store = await startTestRedis("window");
  redis = await store.open();
});

afterAll(() => store.close());

beforeEach(async () => {
  await redis.flushall();
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const nowMs = Date.UTC(2026, 10, 22, 13, 47, 12);

const event = (agoMs: number, differing: Partial<SipEvent> = {}): SipEvent => ({
  kind: "refused",
  atMs: nowMs - agoMs,
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

const read = async (lengthMs: number, filter = {}) => {
  const window = statsWindowSchema.parse({ fromMs: nowMs - lengthMs, toMs: nowMs, filter });
  return windowStatsSchema.parse(await readWindow(redis, window, nowMs));
};

/** Everything a window's timeline holds. */
const sumTimeline = ({ timeline }: Awaited<ReturnType<typeof read>>) =>
  timeline.flatMap(({ refused }) => Object.values(refused)).reduce((sum, count) => sum + count, 0);

describe("statistics of a stretch of time", () => {
  it("hold the last quarter of an hour and nothing older, beside the quarter before", async () => {
    await writeEvents(redis, [
      event(0, { count: 3 }),
      event(14 * MINUTE_MS, { count: 2 }),
      event(16 * MINUTE_MS, { count: 40 }),
      event(40 * MINUTE_MS, { count: 500 }),
      event(2 * MINUTE_MS, { kind: "block-began" }),
    ]);
    const stats = await read(15 * MINUTE_MS);
    expect(stats.now).toMatchObject({ refused: 5, blocksBegun: 1 });
    expect(stats.before.refused).toBe(40);
    expect(stats.stepMs).toBe(MINUTE_MS);
    expect(stats.timeline).toHaveLength(16);
    expect(stats.timeline.at(-1)).toMatchObject({ refused: { scanner: 3 } });
  });

  it.each([HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS, 200 * 24 * HOUR_MS])(
    "add up to the same whichever way they are cut, over %i ms",
    async (lengthMs) => {
      const events = Array.from({ length: 400 }, (_, index) =>
        event((index / 400) * lengthMs, {
          count: (index % 7) + 1,
          source: `198.51.100.${index % 50}`,
          country: ["FR", "DE", ""][index % 3],
          endpoint: `203.0.113.${10 + (index % 2)}:5060`,
          gate: (["scanner", "flood"] as const)[index % 2] ?? "scanner",
          agent: `agent | ${index % 5}`,
        }),
      );
      await writeEvents(redis, events);
      const all = events.reduce((sum, { count }) => sum + count, 0);
      const stats = await read(lengthMs);
      expect(stats.now.refused).toBe(all);
      expect(sumTimeline(stats)).toBe(all);
      for (const cut of ["endpoints", "countries", "gates", "sources", "agents"] as const) {
        const whole = await readWindow(redis, { fromMs: nowMs - lengthMs, toMs: nowMs, filter: {}, top: 200 }, nowMs);
        expect([cut, whole[cut].reduce((sum, { refused }) => sum + refused, 0)]).toEqual([cut, all]);
      }
      expect(stats.timeline.length).toBeLessThanOrEqual(75);
      expect(stats.agents.map(({ agent }) => agent).sort()).toEqual([0, 1, 2, 3, 4].map((one) => `agent | ${one}`));
    },
  );

  it("follow a filter everywhere, but for the choice the filter itself is made from", async () => {
    await writeEvents(redis, [
      event(0, { count: 5 }),
      event(0, { count: 7, country: "DE", source: "192.0.2.9", agent: "sipcli" }),
      event(0, { count: 11, country: "DE", gate: "flood", endpoint: "203.0.113.11:5060" }),
    ]);
    await writeTraffic(redis, [{ atMs: nowMs, endpoint: "203.0.113.10:5060", gate: "none", count: 90 }], 4, nowMs);
    const german = await read(HOUR_MS, { country: "DE", gate: "scanner" });
    expect(german.now).toEqual({ refused: 7, wouldRefuse: 0, blocksBegun: 0, deniedForGood: 0 });
    expect(sumTimeline(german)).toBe(7);
    expect(german.sources).toMatchObject([{ source: "192.0.2.9", gate: "scanner", refused: 7 }]);
    expect(german.agents).toMatchObject([{ agent: "sipcli", refused: 7 }]);
    expect(german.countries.map(({ name, refused }) => [name, refused])).toEqual([
      ["DE", 7],
      ["FR", 5],
    ]);
    expect(german.gates.map(({ name, refused }) => [name, refused])).toEqual([
      ["flood", 11],
      ["scanner", 7],
    ]);
    expect((await read(HOUR_MS, { endpoint: "203.0.113.10:5060" })).now).toMatchObject({ passed: 90, refused: 12 });
    expect((await read(HOUR_MS, { endpoint: "203.0.113.11:5060" })).now).toMatchObject({ passed: 0, refused: 11 });
  });

  it("tell what passed, and how many blocks stood when the stretch began", async () => {
    const passed = { endpoint: "203.0.113.10:5060", gate: "none", count: 8 };
    await writeTraffic(redis, [{ ...passed, atMs: nowMs - HOUR_MS }], 2, nowMs - HOUR_MS);
    await writeTraffic(redis, [{ ...passed, atMs: nowMs - 2 * HOUR_MS, count: 30 }], 2, nowMs - HOUR_MS);
    await writeTraffic(redis, [{ ...passed, atMs: nowMs }], 6, nowMs);
    const stats = await read(HOUR_MS);
    expect(stats.now).toMatchObject({ passed: 16, blocksAtBegin: 2 });
    expect(stats.before).toMatchObject({ passed: 30 });
    expect(stats.timeline.at(-1)).toMatchObject({ passed: 8, refused: {} });
    expect(stats.gates).toEqual([]);
  });

  it("show in observe mode what would have been refused, sources and agents too", async () => {
    await writeEvents(redis, [event(0, { kind: "would-refuse", count: 6 })]);
    const stats = await read(HOUR_MS);
    expect(stats.now).toMatchObject({ refused: 0, wouldRefuse: 6 });
    expect(stats.timeline.at(-1)).toMatchObject({ refused: {}, wouldRefuse: { scanner: 6 } });
    expect(stats.sources).toMatchObject([{ source: "198.51.100.7", refused: 0, wouldRefuse: 6 }]);
    expect(stats.agents).toMatchObject([{ agent: "friendly-scanner", refused: 0, wouldRefuse: 6 }]);
  });

  it.each([
    [{ fromMs: nowMs, toMs: nowMs }, "toMs"],
    [{ fromMs: nowMs, toMs: nowMs - HOUR_MS }, "toMs"],
    [{ fromMs: 0, toMs: nowMs }, "fromMs"],
    [{ fromMs: nowMs - HOUR_MS, toMs: nowMs, filter: { country: "france" } }, "filter"],
    [{ fromMs: nowMs - HOUR_MS, toMs: nowMs, filter: { gate: "__proto__" } }, "filter"],
  ])("refuse %j", (window, field) => {
    expect(statsWindowSchema.safeParse(window).error?.issues[0]?.path[0]).toBe(field);
  });
});
