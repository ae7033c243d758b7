import type { SipEvent } from "@sipprot/shared/event";
import type { Host } from "@sipprot/shared/host";
import { MAX_EVENT_BATCHES, redisKeys } from "@sipprot/shared/redis-keys";
import type { RegisteredSource } from "@sipprot/shared/registered-source";
import type { Settings } from "@sipprot/shared/settings";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { putHost } from "@sipprot/shared/store/host-store";
import { putListEntries } from "@sipprot/shared/store/list-store";
import { writeRegistered } from "@sipprot/shared/store/registered-store";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../../test/system/redis-server.ts";
import { keepCountries } from "../country.ts";
import { previewSettings } from "./preview.ts";
import { readDay } from "./read-day.ts";

const GERMAN = "85.214.132.117";
let store: TestRedis;
let redis: Redis;
let nowMs: number;
const openCountries = keepCountries();
beforeAll(async () => {
  store = await startTestRedis("preview");
  redis = await store.open();
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flushall();
  nowMs = Date.now() + 1000;
});

const event = (change: Partial<SipEvent>): SipEvent => ({
  kind: "refused",
  atMs: nowMs - 60_000,
  count: 1,
  host: "pbx1",
  endpoint: "192.0.2.1:5060",
  transport: "udp",
  source: "203.0.113.5",
  gate: "scanner",
  reason: { gate: "scanner", agent: "sipcli/1.8", pattern: "sipcli" },
  proven: true,
  method: "REGISTER",
  agent: "sipcli/1.8",
  ...change,
});
const failed = (change: Partial<SipEvent> = {}) =>
  event({
    kind: "sign-in-failed",
    gate: "guessing",
    reason: { gate: "guessing", kind: "credit", seen: 1, limit: 10, windowSeconds: 60 },
    agent: "Zoiper",
    ...change,
  });
const preview = (patch: Partial<Settings>) => previewSettings({ redis, openCountries }, patch, "127.0.0.1", nowMs);

async function registerPhones(source: string, change: Partial<RegisteredSource> = {}): Promise<void> {
  const host: Host = {
    name: "pbx1",
    version: "1",
    path: "relay",
    endpoints: [],
    workers: 1,
    startedAtMs: 0,
    seenAtMs: nowMs,
    lastChangeId: "0-0",
    health: [],
  };
  const phones = { accounts: ["100"], accountCount: 1, agents: ["Yealink SIP-T46S"], lastAtMs: 0, isTrunk: false };
  await putHost(redis, host);
  const put = new Map([[source, JSON.stringify({ ...phones, ...change })]]);
  await writeRegistered(redis, "pbx1", { put, gone: [], isFirst: false });
}

describe("blocked agents", () => {
  it("counts what passed of an agent that would be refused, and what was refused of one that would pass", async () => {
    await writeEvents(redis, [
      failed({ count: 3 }),
      failed({ source: "203.0.113.6", agent: "Bria" }),
      event({ count: 7 }),
    ]);
    const { refused, passed, events, isWhole } = await preview({ blockedAgents: ["zoi", "friendly-scanner"] });
    expect(refused).toMatchObject({ sources: 1, messages: 3, rows: [{ source: "203.0.113.5", gate: "scanner" }] });
    expect(passed).toMatchObject({ sources: 1, messages: 7 });
    expect([events, isWhole]).toEqual([3, true]);
  });
  it("names the registered phones that would be refused, and not those on the allowlist", async () => {
    await registerPhones("192.0.2.7", { accounts: ["100", "101"], accountCount: 2 });
    await registerPhones("192.0.2.8");
    const entry = { network: "192.0.2.8", note: "", addedAtSeconds: 1, addedBy: "test" };
    await putListEntries(redis, "allow", [entry], { by: "test", nowMs });
    const { hurt, registered } = await preview({ blockedAgents: ["yealink"] });
    expect(hurt).toMatchObject({ sources: 1, accounts: 2, rows: [{ source: "192.0.2.7", gate: "scanner" }] });
    expect(registered).toEqual({ sources: 1, accounts: 2 });
    expect((await preview({ blockedAgents: ["snom"] })).hurt.sources).toBe(0);
  });
});

describe("countries", () => {
  it("tells of guessers and of registered phones by the database", async () => {
    await writeEvents(redis, [failed({ country: "DE", source: "198.51.100.9", count: 2 })]);
    await registerPhones(GERMAN);
    const told = await preview({ geoMode: "allow", geoCountries: ["FR"] });
    expect(told.refused).toMatchObject({ sources: 1, messages: 2 });
    expect(told.hurt).toMatchObject({ sources: 1, rows: [{ source: GERMAN, country: "DE", gate: "country" }] });
    expect((await preview({ geoMode: "deny", geoCountries: ["RU"] })).hurt.sources).toBe(0);
  });
  it("tells whether whoever asks would be refused", async () => {
    const patch: Partial<Settings> = { geoMode: "allow", geoCountries: ["FR"] };
    const { own } = await previewSettings({ redis, openCountries }, patch, GERMAN, nowMs);
    expect(own).toEqual({ address: GERMAN, country: "DE", isRefused: true });
    expect((await preview(patch)).own.isRefused).toBe(false);
  });
});

describe("limits", () => {
  it("lets of each minute's guesses as many through as the rule and the registered accounts allow", async () => {
    const minuteMs = Math.floor(nowMs / 60_000) * 60_000 - 600_000;
    await writeEvents(redis, [
      failed({ atMs: minuteMs, count: 10 }),
      event({ ...failed({ atMs: minuteMs + 5000, count: 40 }), kind: "refused" }),
      failed({ atMs: minuteMs + 60_000, count: 4 }),
    ]);
    expect((await preview({ blockRuleFailuresPerMinute: 3 })).refused.messages).toBe(7 + 1);
    expect((await preview({ blockRuleFailuresPerMinute: 30 })).passed.messages).toBe(20);
    await registerPhones("203.0.113.5", { accountCount: 2 });
    expect((await preview({ blockRuleFailuresPerMinute: 3 })).refused.messages).toBe(12 - 5 + 0);
  });
  it("names who was blocked often enough for a lower threshold", async () => {
    await writeEvents(redis, [event({ kind: "block-began" })]);
    await redis.hset(redisKeys.strikes, "203.0.113.5", 2);
    expect((await preview({ blockThreshold: 2 })).refused.rows).toMatchObject([
      { source: "203.0.113.5", gate: "denied" },
    ]);
    expect((await preview({ blockThreshold: 4 })).refused.sources).toBe(0);
  });
});

it("protecting after observing refuses what would have been refused, phones too", async () => {
  await changeSettings(redis, { mode: "observe" }, "test");
  await writeEvents(redis, [
    event({ kind: "would-refuse", count: 5 }),
    event({ kind: "would-refuse", source: "192.0.2.7" }),
  ]);
  await registerPhones("192.0.2.7");
  const { refused, hurt } = await preview({ mode: "protect" });
  expect(refused).toMatchObject({ sources: 2, messages: 6 });
  expect(hurt.rows.map(({ source }) => source)).toEqual(["192.0.2.7"]);
});

it("says what it cannot know", async () => {
  const { unknown, partly } = await preview({ failOpen: false, blockThreshold: 4, mode: "observe", geoMode: "off" });
  expect(unknown).toEqual(["failOpen"]);
  expect(partly).toEqual(["blockThreshold"]);
});

it("looks at a day and no further, leaves out what is no event, and says when there was more", async () => {
  await redis.xadd(redisKeys.events, `${nowMs - 86_500_000}-0`, "events", JSON.stringify([event({})]));
  await redis.xadd(redisKeys.events, `${nowMs - 5000}-0`, "events", '[null, 7, {"kind":"refused"}, "x"]');
  await redis.xadd(redisKeys.events, `${nowMs - 4000}-0`, "events", "not JSON");
  await redis.xadd(redisKeys.events, `${nowMs - 3000}-0`, "events", JSON.stringify([event({})]));
  expect(await readDay(redis, nowMs)).toMatchObject({ events: 1, isWhole: true, fromMs: nowMs - 86_400_000 });
  const late = await readDay(redis, nowMs, -1);
  expect(late.events).toBe(1);
  const fill = redis.pipeline();
  for (let index = 0; index < MAX_EVENT_BATCHES; index += 1) fill.xadd(redisKeys.events, "*", "events", "[]");
  await fill.exec();
  await redis.xtrim(redisKeys.events, "MAXLEN", MAX_EVENT_BATCHES);
  const trimmed = await readDay(redis, nowMs + 60_000);
  expect(trimmed.isWhole).toBe(false);
  expect(trimmed.fromMs).toBeGreaterThan(nowMs - 60_000);
});
