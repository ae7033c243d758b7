import { SipprotError } from "@sipprot/shared/errors";
import { defaultSettings, type Settings } from "@sipprot/shared/settings";
import { putListEntries } from "@sipprot/shared/store/list-store";
import { changeSettings, readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import type { Told } from "../api/actor.ts";
import { readAuditRecords } from "../store/audit-store.ts";
import { keepCountries } from "./country.ts";
import { applySettings, decidePending, undoWhenOver, viewPending } from "./provisional-settings.ts";

const NOW_MS = 1_795_000_000_000;
/** In Germany by the database that comes with us. */
const GERMAN = "85.214.132.117";

let store: TestRedis;
let redis: Redis;
let told: Told;
const openCountries = keepCountries();
beforeAll(async () => {
  store = await startTestRedis("provisional");
  redis = await store.open();
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flushall();
  told = {};
});

const actor = (by = "user:ada", address = "") => ({
  by,
  nowMs: NOW_MS,
  address,
  tell: (telling: Told) => {
    told = telling;
  },
});
const apply = (patch: Partial<Settings>, from: Partial<Settings> = {}, who = actor()) =>
  applySettings(redis, openCountries, { patch, from }, 60, who);
const now = async () => (await readSettings(redis)).settings;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof SipprotError ? error.code : String(error)),
  );

describe("a change on values that were seen", () => {
  it("is made when they still hold, and says what was there", async () => {
    const applied = await apply({ blockThreshold: 5, floodBurstMessages: 500 }, { blockThreshold: 3 });
    expect(applied.pending).toBeNull();
    expect(await now()).toMatchObject({ blockThreshold: 5, floodBurstMessages: 500 });
    expect(told).toEqual({
      before: { blockThreshold: 3, floodBurstMessages: 400 },
      after: { blockThreshold: 5, floodBurstMessages: 500 },
    });
  });

  it("is refused by name when somebody else was faster, and nothing of it is written", async () => {
    await changeSettings(redis, { blockThreshold: 7 }, "user:bob");
    const stale = apply({ blockThreshold: 5, floodBurstMessages: 500 }, { blockThreshold: 3, floodBurstMessages: 400 });
    await expect(stale).rejects.toMatchObject({ code: "changed-meanwhile", facts: { field: "blockThreshold" } });
    expect(await now()).toMatchObject({ blockThreshold: 7, floodBurstMessages: 400 });
  });

  it("is no conflict when others changed other settings, or the same to the same", async () => {
    await changeSettings(redis, { blockThreshold: 5, floodBurstMessages: 9 }, "user:bob");
    expect(await codeOf(apply({ blockThreshold: 5 }, { blockThreshold: 3 }))).toBe("done");
  });

  it("is refused with the field and the bounds when it is not possible", async () => {
    await expect(apply({ blockThreshold: 21 })).rejects.toMatchObject({ facts: { field: "blockThreshold" } });
  });
});

describe("a dangerous change", () => {
  it("is in force at once and undone when its time is over, once, with a record of it", async () => {
    await changeSettings(redis, { mode: "observe" }, "user:ada");
    const { pending } = await apply({ mode: "protect", blockThreshold: 5 });
    expect(pending).toMatchObject({ dangers: ["protecting"], untilMs: NOW_MS + 60_000, by: "user:ada" });
    expect((await now()).mode).toBe("protect");
    await undoWhenOver(redis, NOW_MS + 59_999);
    expect((await now()).mode).toBe("protect");
    // Another control server, or the same after it died: all it needs is in the store.
    const other = await store.open();
    await Promise.all([undoWhenOver(redis, NOW_MS + 60_000), undoWhenOver(other, NOW_MS + 60_000)]);
    expect(await now()).toMatchObject({ mode: "observe", blockThreshold: 3 });
    expect((await viewPending(redis)).ended).toMatchObject({ how: "undone-by-time" });
    const records = [];
    for await (const portion of readAuditRecords(redis)) records.push(...portion);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ action: "settings.undo", outcome: "done" });
    expect(records[0]?.after).toBe('{"mode":"observe","blockThreshold":3}');
  });

  it("stays when it is confirmed, by somebody else too", async () => {
    const { pending } = await apply({ failOpen: false });
    await decidePending(redis, pending?.id, "confirmed", actor("user:bob"));
    await undoWhenOver(redis, NOW_MS + 120_000);
    expect((await now()).failOpen).toBe(false);
    expect((await viewPending(redis)).ended).toMatchObject({ how: "confirmed", by: "user:bob" });
  });

  it("is undone at once when somebody says so, and cannot end twice", async () => {
    const { pending } = await apply({ failOpen: false });
    await decidePending(redis, undefined, "undone", actor());
    expect((await now()).failOpen).toBe(true);
    expect(told).toEqual({ before: { failOpen: false }, after: { failOpen: true } });
    expect(await codeOf(decidePending(redis, pending?.id, "confirmed", actor()))).toBe("not-found");
  });

  it("is one at a time; what is not dangerous may be changed meanwhile", async () => {
    await apply({ failOpen: false });
    expect(await codeOf(apply({ geoMode: "deny", geoCountries: ["RU"] }))).toBe("change-pending");
    expect(await codeOf(apply({ blockThreshold: 5 }))).toBe("done");
    expect((await viewPending(redis)).pending?.dangers).toEqual(["fail-closed"]);
  });

  it("does not take back what was set to something else meanwhile", async () => {
    await apply({ geoMode: "allow", geoCountries: ["FR"] });
    await changeSettings(redis, { geoCountries: ["FR", "BE"] }, "root (cli)");
    await undoWhenOver(redis, NOW_MS + 60_000);
    expect(await now()).toMatchObject({ geoMode: "off", geoCountries: ["FR", "BE"] });
  });

  it("never goes back to a state that would refuse everybody", async () => {
    await changeSettings(redis, { geoMode: "allow", geoCountries: ["FR"] }, "user:ada");
    await apply({ geoMode: "deny" });
    await changeSettings(redis, { geoCountries: [] }, "root (cli)");
    await undoWhenOver(redis, NOW_MS + 60_000);
    expect(await now()).toMatchObject({ geoMode: "off", geoCountries: [] });
  });
});

describe("the guard of one's own address", () => {
  const wholeHost: Partial<Settings> = { geoMode: "allow", geoCountries: ["FR"], geoWholeHost: true };

  it("refuses what would cut off whoever asks for it", async () => {
    expect(await codeOf(apply(wholeHost, {}, actor("user:ada", GERMAN)))).toBe("lock-out");
    expect(await now()).toEqual(defaultSettings);
  });
  it("lets it through from an allowed country, from the allowlist, and from this host", async () => {
    expect(await codeOf(apply({ ...wholeHost, geoCountries: ["DE"] }, {}, actor("user:ada", GERMAN)))).toBe("done");
    await decidePending(redis, undefined, "undone", actor());
    expect(await codeOf(apply(wholeHost, {}, actor("user:ada", "127.0.0.1")))).toBe("done");
    await decidePending(redis, undefined, "undone", actor());
    const entry = { network: GERMAN, note: "", addedAtSeconds: 1, addedBy: "test" };
    await putListEntries(redis, "allow", [entry], { by: "test", nowMs: NOW_MS });
    expect(await codeOf(apply(wholeHost, {}, actor("user:ada", GERMAN)))).toBe("done");
  });
  it("warns where only SIP is refused", async () => {
    const { warnings } = await apply({ geoMode: "allow", geoCountries: ["FR"] }, {}, actor("user:ada", GERMAN));
    expect(warnings.join()).toContain(GERMAN);
  });
});
