import type { SipEvent } from "@sipprot/shared/event";
import type { EventFilter } from "@sipprot/shared/event-filter";
import { type EventExport, eventExportInput, eventPageInput, type Rule, ruleInput } from "@sipprot/shared/event-log";
import type { Host } from "@sipprot/shared/host";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { putHost } from "@sipprot/shared/store/host-store";
import { putListEntries } from "@sipprot/shared/store/list-store";
import { writeRegistered } from "@sipprot/shared/store/registered-store";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { createEventsService } from "./events.ts";
import { MirrorKeeper } from "./store-mirror.ts";

let store: TestRedis;
let redis: Redis;
let keeper: MirrorKeeper;
const CALLER = "203.0.113.77";
const author = { by: "user:test", nowMs: Date.now() };
const actor = { ...author, address: CALLER, tell: () => undefined };

beforeAll(async () => {
  store = await startTestRedis("event-log");
  redis = await store.open();
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flushall();
  keeper = new MirrorKeeper(store.location, () => undefined);
});
afterEach(() => keeper.close());

const service = () =>
  createEventsService(redis, keeper, () => [{ network: "203.0.113.10", what: "an address of the PBX" }]);

function eventOf(change: Partial<SipEvent> = {}): SipEvent {
  return {
    kind: "refused",
    atMs: Date.now(),
    count: 1,
    host: "pbx1",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    source: "192.0.2.7",
    country: "FR",
    gate: "scanner",
    reason: { gate: "scanner", agent: "friendly-scanner", pattern: "friendly-scanner" },
    proven: false,
    method: "OPTIONS",
    agent: "friendly-scanner",
    ...change,
  };
}

/** All pages of a view, one after the other. */
async function readAll(filter: EventFilter, limit: number, range: { fromMs?: number; toMs?: number } = {}) {
  const pages: SipEvent[][] = [];
  let place: string | undefined;
  do {
    const input = eventPageInput.parse({ filter, limit, ...range, ...(place === undefined ? {} : { place }) });
    const page = await service().page(input);
    pages.push(page.rows.map(({ event }) => event));
    place = page.next;
  } while (place !== undefined && pages.length < 100);
  return pages;
}

describe("the log of events", () => {
  it("is paged into the past, each event once, batches cut in two too", async () => {
    const atMs = Date.now() - 1000;
    for (let batch = 0; batch < 5; batch += 1) {
      await writeEvents(
        redis,
        [0, 1, 2, 3, 4, 5, 6].map((one) => eventOf({ atMs: atMs + 7 * batch + one })),
      );
    }
    const pages = await readAll({}, 4);
    const times = pages.flat().map((event) => event.atMs - atMs);
    expect(times).toEqual(Array.from({ length: 35 }, (_, index) => 34 - index));
    expect(Math.max(...pages.map((page) => page.length))).toBe(4);
  });

  it("tells what a filter and a stretch of time let through, and nothing else", async () => {
    const nowMs = Date.now();
    await writeEvents(redis, [eventOf({ source: "192.0.2.1", atMs: nowMs - 3000 }), eventOf({ source: "192.0.2.2" })]);
    await writeEvents(redis, [eventOf({ source: "198.51.100.1", country: "DE" })]);
    const sources = async (filter: EventFilter, range = {}) =>
      (await readAll(filter, 50, range)).flat().map(({ source }) => source);
    expect(await sources({ only: { networks: ["192.0.2.1"] } })).toEqual(["192.0.2.1"]);
    expect((await sources({ only: { networks: ["192.0.2.0/24"] } })).sort()).toEqual(["192.0.2.1", "192.0.2.2"]);
    expect(await sources({ except: { countries: ["FR"] } })).toEqual(["198.51.100.1"]);
    expect(await sources({}, { toMs: nowMs - 1000 })).toEqual(["192.0.2.1"]);
    expect(await sources({ only: { gates: ["flood"] } })).toEqual([]);
  });

  it("says how far it reaches, and that older ones had to make room", async () => {
    const page = () => service().page(eventPageInput.parse({}));
    expect(await page()).toMatchObject({ rows: [], hasDropped: false });
    await writeEvents(redis, [eventOf()]);
    const young = await page();
    expect(young.hasDropped).toBe(false);
    expect(young.heldSinceMs).toBeGreaterThan(Date.now() - 60_000);
    const pipeline = redis.pipeline();
    for (let one = 0; one < 20_000; one += 1) pipeline.xadd(redisKeys.events, "*", "events", "[]");
    await pipeline.exec();
    expect((await page()).hasDropped).toBe(true);
  });
});

describe("the export", () => {
  async function exportAll(format: "csv" | "json"): Promise<string> {
    let text = "";
    let next: EventExport["next"];
    do {
      const piece = await service().exportPiece(eventExportInput.parse({ format, ...(next ? { next } : {}) }));
      text += piece.text;
      next = piece.next;
    } while (next !== undefined);
    return text;
  }

  it("is one JSON text over all pieces, and an empty one is one too", async () => {
    expect(JSON.parse(await exportAll("json"))).toEqual([]);
    for (let batch = 0; batch < 9; batch += 1) {
      await writeEvents(
        redis,
        Array.from({ length: 500 }, () => eventOf()),
      );
    }
    expect(JSON.parse(await exportAll("json"))).toHaveLength(4500);
  });

  it("disarms formulas and writes out what cannot be seen", async () => {
    const agent = '=HYPERLINK("http://evil.example","x"),\u202e\0;@x';
    await writeEvents(redis, [eventOf({ agent, account: "+331" })]);
    const csv = await exportAll("csv");
    expect(csv.split("\r\n")).toHaveLength(3);
    expect(csv).toContain(`'=HYPERLINK(""http://evil.example"",""x""),\\u{202e}\\u{0};'@x`);
    expect(csv).toContain(",'+331,");
    expect(csv).not.toMatch(/[\0\u202e]/);
  });
});

describe("a rule made of a view", () => {
  const offer = (rule: Rule, filter: EventFilter = {}) => service().offerRule(ruleInput.parse({ rule, filter }), actor);

  it("names the sources it would deny, and which of them must not or need not be", async () => {
    await writeEvents(redis, [
      eventOf({ source: "192.0.2.1", count: 9 }),
      eventOf({ source: "192.0.2.2", count: 3, kind: "stuck-phone", account: "1001" }),
      eventOf({ source: "192.0.2.3" }),
      eventOf({ source: "203.0.113.10" }),
      eventOf({ source: CALLER }),
      eventOf({ source: "198.51.100.1", gate: "flood" }),
    ]);
    await putListEntries(
      redis,
      "allow",
      [{ network: "192.0.2.3", note: "", addedAtSeconds: 1, addedBy: "test" }],
      author,
    );
    const { sources, sourcesTotal, messages, dangers } = await offer(
      { kind: "deny-sources" },
      { only: { gates: ["scanner"] } },
    );
    expect(Object.fromEntries(sources.map(({ source, standing }) => [source, standing]))).toEqual({
      "192.0.2.1": "open",
      "192.0.2.2": "has-phones",
      "192.0.2.3": "allowed",
      "203.0.113.10": "guarded",
      [CALLER]: "guarded",
    });
    expect(sources[0]).toMatchObject({ source: "192.0.2.1", messages: 9 });
    expect([sourcesTotal, messages, dangers]).toEqual([5, 15, ["phones"]]);
  });

  it("says which registered phones it would refuse, those on the allowlist left out", async () => {
    const times = { startedAtMs: 1, seenAtMs: Date.now(), lastChangeId: "0-0" };
    const host: Host = { name: "pbx1", version: "1", path: "relay", endpoints: [], workers: 1, health: [], ...times };
    await putHost(redis, host);
    const phone = {
      accounts: ["1001"],
      accountCount: 3,
      agents: ["Yealink T46"],
      lastAtMs: Date.now(),
      isTrunk: false,
    };
    const put = new Map(["192.0.2.1", "192.0.2.3"].map((source) => [source, JSON.stringify(phone)]));
    await writeRegistered(redis, host.name, { put, gone: [], isFirst: true });
    const entry = { network: "192.0.2.3", note: "", addedAtSeconds: 1, addedBy: "test" };
    await putListEntries(redis, "allow", [entry], author);
    const yealink = await offer({ kind: "block-agent", agent: "yealink" });
    expect(yealink.phones).toEqual({ sources: 1, accounts: 3, named: ["192.0.2.1"] });
    expect(yealink.dangers).toEqual(["phones"]);
    expect((await offer({ kind: "block-agent", agent: "sundayddr" })).phones.sources).toBe(0);
    await writeEvents(redis, [eventOf({ source: "192.0.2.1" })]);
    expect((await offer({ kind: "deny-sources" })).sources[0]?.standing).toBe("has-phones");
  });

  it("blocks an agent by its beginning, unless a shorter beginning is blocked already", async () => {
    await writeEvents(redis, [eventOf({ agent: "Gxp scan" }), eventOf({ agent: "my gxp" })]);
    const gxp = await offer({ kind: "block-agent", agent: "gxp" });
    expect(gxp.messages).toBe(1);
    expect(gxp.patch?.blockedAgents?.at(-1)).toBe("gxp");
    expect(gxp.dangers).toEqual(["short-agent"]);
    expect((await offer({ kind: "block-agent", agent: "friendly-scanner 2" })).patch).toBeUndefined();
  });

  it("denies a country in every mode of the geo protection, and never shuts everybody out", async () => {
    const deny = () => offer({ kind: "deny-country", country: "FR" });
    expect((await deny()).patch).toEqual({ geoMode: "deny", geoCountries: ["FR"] });
    await changeSettings(redis, { geoMode: "deny", geoCountries: ["DE"] }, "test");
    expect((await deny()).patch).toEqual({ geoCountries: ["DE", "FR"] });
    await changeSettings(redis, { geoMode: "allow", geoCountries: ["FR", "BE"] }, "test");
    expect(await deny()).toMatchObject({ patch: { geoCountries: ["BE"] }, dangers: ["allow-mode"] });
    await changeSettings(redis, { geoMode: "allow", geoCountries: ["FR"] }, "test");
    const last = await deny();
    expect([last.patch, last.dangers]).toEqual([undefined, ["last-allowed-country"]]);
  });
});
