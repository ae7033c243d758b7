import { type Block, blockKey } from "@sipprot/shared/block";
import { SipprotError } from "@sipprot/shared/errors";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { defaultSettings } from "@sipprot/shared/settings";
import {
  countBlocks,
  findBlocks,
  putBlocks,
  readBlocks,
  readStrikes,
  sweepBlocks,
  unblock,
} from "@sipprot/shared/store/block-store";
import { BEFORE_ALL_CHANGES, hasChange, readChanges, readLastChangeId } from "@sipprot/shared/store/change-stream";
import { readAttackers, readCounts } from "@sipprot/shared/store/count-store";
import { denySource } from "@sipprot/shared/store/denial-store";
import { readEvents, writeEvents } from "@sipprot/shared/store/event-store";
import { putHost, readHosts, removeHost } from "@sipprot/shared/store/host-store";
import {
  countList,
  findListEntries,
  putListEntries,
  readList,
  readListEntry,
  removeExpiredEntries,
  removeListEntries,
} from "@sipprot/shared/store/list-store";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { changeSettings, readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "./redis-server.ts";
import { aBlock, anEntry } from "./sync-samples.ts";

let server: TestRedis;
let redis: Redis;
const author = { by: "test", nowMs: 1_000_000_000 };

beforeAll(async () => {
  server = await startTestRedis("store");
  redis = await server.open();
});
afterAll(() => server.close());
beforeEach(() => redis.flushall());

const block = (source: string, more: Partial<Block> = {}): Block => {
  const evidence: Block["evidence"] = [{ atMs: 1, from: "192.0.2.7:5060", transport: "udp", text: "REGISTER" }];
  return aBlock(source, author.nowMs, { evidence, ...more });
};
const refusal = async (work: Promise<unknown>): Promise<SipprotError> => {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof SipprotError) return error;
  throw new Error(`expected a refusal, not ${String(error)}`);
};
const changes = async () =>
  (await readChanges(redis, BEFORE_ALL_CHANGES, 1000, 1)).map((one) => JSON.parse(one.change));

describe("a list", () => {
  it("keeps what is put, tells it, and forgets what is removed", async () => {
    expect(await putListEntries(redis, "deny", [anEntry("192.0.2.0/24"), anEntry("192.0.2.7")], author)).toMatchObject({
      added: 2,
      updated: 0,
    });
    expect(await putListEntries(redis, "deny", [anEntry("192.0.2.7", { note: "x" })], author)).toMatchObject({
      added: 0,
      updated: 1,
    });
    expect(await countList(redis, "deny")).toBe(2);
    expect((await readListEntry(redis, "deny", "192.0.2.7"))?.note).toBe("x");
    expect((await findListEntries(redis, "deny", "192.0.2.7")).map((one) => one.network)).toEqual([
      "192.0.2.7",
      "192.0.2.0/24",
    ]);
    expect(await removeListEntries(redis, "deny", ["192.0.2.7", "192.0.2.8"], author)).toEqual({ removed: 1 });
    expect((await changes()).map((change) => change.kind)).toEqual(["list-put", "list-put", "list-remove"]);
  });

  it("takes a large import in steps and tells of each step", async () => {
    const many = Array.from({ length: 2500 }, (_, index) => anEntry(`10.1.${index >> 8}.${index & 255}`));
    expect((await putListEntries(redis, "deny", many, author)).added).toBe(2500);
    const read = [];
    for await (const portion of readList(redis, "deny")) read.push(...portion);
    expect(new Set(read.map((one) => one.network)).size).toBe(2500);
    expect(new Set((await changes()).map((change) => change.kind))).toEqual(new Set(["list-step"]));
  });

  it("writes nothing when one entry of many is wrong", async () => {
    const error = await refusal(putListEntries(redis, "deny", [anEntry("192.0.2.7"), anEntry("192.0.2.7/24")], author));
    expect(error.code).toBe("bad-list-entry");
    expect(await countList(redis, "deny")).toBe(0);
  });

  it("removes what has expired, and only that", async () => {
    await putListEntries(
      redis,
      "deny",
      [anEntry("192.0.2.7", { expiresAtSeconds: 2000 }), anEntry("192.0.2.8")],
      author,
    );
    await removeExpiredEntries(redis, "deny", ["192.0.2.7", "192.0.2.8"], { by: "test", nowMs: 1_999_000 });
    expect(await countList(redis, "deny")).toBe(2);
    await removeExpiredEntries(redis, "deny", ["192.0.2.7", "192.0.2.8"], { by: "test", nowMs: 2_000_000 });
    expect(await readListEntry(redis, "deny", "192.0.2.7")).toBeUndefined();
    expect(await countList(redis, "deny")).toBe(1);
  });

  it("loses nothing when many change it at once", async () => {
    const one = await server.open();
    const other = await server.open();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        putListEntries(index % 2 === 0 ? one : other, "deny", [anEntry(`192.0.2.${index}`)], author).catch(
          () => undefined,
        ),
      ),
    );
    expect((await changes()).length).toBe(await countList(redis, "deny"));
  });
});

describe("the guards of the denylist", () => {
  it.each([
    "0.0.0.0/0",
    "::/0",
    "127.0.0.1",
    "127.0.0.0/8",
    "203.0.113.10",
    "203.0.113.0/24",
    "198.51.100.7",
    "198.51.100.0/24",
    "2001:db8::/32",
  ])("refuse %s with a remedy", async (network) => {
    const health = {
      name: "pbx1",
      version: "1",
      path: "transparent",
      workers: 1,
      startedAtMs: 1,
      seenAtMs: 1,
    } as const;
    const endpoints = ["203.0.113.10:5060", "[2001:db8::10]:5060"];
    await putHost(redis, { ...health, endpoints, lastChangeId: "0-0", health: [] });
    const guarded = [{ network: "198.51.100.0/28", what: "your own address" }];
    const error = await refusal(
      putListEntries(redis, "deny", [anEntry("192.0.2.1"), anEntry(network)], author, guarded),
    );
    expect(error.code).toBe("guarded-network");
    expect(error.facts.remedy).toBeDefined();
    expect(await countList(redis, "deny")).toBe(0);
  });

  it("refuse what is inside an allowed network, and name what stays allowed inside a denied one", async () => {
    await putListEntries(redis, "allow", [anEntry("192.0.2.0/25")], author);
    const error = await refusal(putListEntries(redis, "deny", [anEntry("192.0.2.7")], author));
    expect(error.message).toContain("192.0.2.0/25");
    expect(error.facts.remedy).toContain("sipprot list allow remove 192.0.2.0/25");
    expect((await putListEntries(redis, "deny", [anEntry("192.0.2.0/24")], author)).stillAllowed).toEqual([
      "192.0.2.0/25",
    ]);
  });

  it("refuse to allow everything", async () => {
    expect((await refusal(putListEntries(redis, "allow", [anEntry("0.0.0.0/0")], author))).code).toBe(
      "guarded-network",
    );
  });
});

describe("a block", () => {
  it("is kept with its evidence beside it, and told without", async () => {
    expect(await putBlocks(redis, [block("192.0.2.7")], author)).toEqual(["put"]);
    expect(await findBlocks(redis, "192.0.2.7")).toEqual([block("192.0.2.7")]);
    const kept = [];
    for await (const portion of readBlocks(redis)) kept.push(...portion);
    expect(kept).toEqual([block("192.0.2.7", { evidence: [] })]);
    expect((await changes())[0]).toEqual({ kind: "block-put", block: block("192.0.2.7", { evidence: [] }) });
  });

  it("is not shortened by a host that knows less, nor put when it is over", async () => {
    const later = block("192.0.2.7", { untilMs: author.nowMs + 7_200_000, strikes: 2 });
    const over = block("192.0.2.8", { untilMs: author.nowMs });
    expect(await putBlocks(redis, [later, block("192.0.2.7"), over], author)).toEqual(["put", "outlasted", "over"]);
    expect((await findBlocks(redis, "192.0.2.7"))[0]?.untilMs).toBe(later.untilMs);
    const strikes = [];
    for await (const portion of readStrikes(redis)) strikes.push(...portion);
    expect(new Map(strikes)).toEqual(
      new Map([
        ["192.0.2.7", 2],
        ["192.0.2.8", 1],
      ]),
    );
  });

  it("that was put by a clock a day ahead gives way to the same one by the right clock", async () => {
    const dayMs = 86_400_000;
    const ahead = block("192.0.2.7", { sinceMs: author.nowMs + dayMs, untilMs: author.nowMs + dayMs + 3_600_000 });
    const right = block("192.0.2.7", { sinceMs: author.nowMs, untilMs: author.nowMs + 3_600_000 });
    expect(await putBlocks(redis, [ahead, right], author)).toEqual(["put", "put"]);
    expect((await findBlocks(redis, "192.0.2.7"))[0]?.untilMs).toBe(right.untilMs);
  });

  it("lifted by hand stays lifted when a late report of it comes, and comes again when there is a new attack", async () => {
    await putBlocks(redis, [block("192.0.2.7"), block("192.0.2.7", { account: "1001 x" })], author);
    const lifted = await unblock(redis, "192.0.2.7", author);
    expect(lifted.map(blockKey).sort()).toEqual(["192.0.2.7", "192.0.2.7 1001 x"]);
    expect(await countBlocks(redis, author.nowMs)).toBe(0);
    expect((await changes()).slice(2)).toEqual([
      { kind: "block-lift", source: "192.0.2.7" },
      { kind: "block-lift", source: "192.0.2.7", account: "1001 x" },
    ]);
    expect(await redis.hlen(redisKeys.strikes)).toBe(0);
    expect(await putBlocks(redis, [block("192.0.2.7")], author)).toEqual(["lifted"]);
    expect(await putBlocks(redis, [block("192.0.2.7", { sinceMs: author.nowMs + 1 })], author)).toEqual(["put"]);
  });

  it("is lifted in the same step as its source is allowed, and not put again", async () => {
    await putBlocks(redis, [block("192.0.2.7"), block("198.51.100.7")], author);
    const outcome = await putListEntries(redis, "allow", [anEntry("192.0.2.0/24")], author);
    expect(outcome.liftedBlocks).toEqual(["192.0.2.7"]);
    expect(await putBlocks(redis, [block("192.0.2.9", { sinceMs: author.nowMs + 5 })], author)).toEqual(["allowed"]);
    expect(await countBlocks(redis, author.nowMs)).toBe(1);
  });

  it("is swept when it is over", async () => {
    await putBlocks(redis, [block("192.0.2.7"), block("192.0.2.8", { untilMs: author.nowMs + 10 })], author);
    expect(await sweepBlocks(redis, author.nowMs + 20)).toBe(1);
    expect(await redis.hkeys(redisKeys.blocks)).toEqual(["192.0.2.7"]);
    expect(await redis.hkeys(redisKeys.blockEvidence)).toEqual(["192.0.2.7"]);
    expect(await sweepBlocks(redis, author.nowMs + 40 * 86_400_000)).toBe(1);
    expect(await redis.exists(redisKeys.strikes, redisKeys.strikesByTime, redisKeys.liftedBlocks)).toBe(0);
  });
});

describe("an automatic denial", () => {
  it("puts the source on the denylist once, with why, and ends the block", async () => {
    await putBlocks(redis, [block("192.0.2.7", { strikes: 3 })], author);
    expect(await denySource(redis, block("192.0.2.7", { strikes: 3 }), author, [])).toBe("denied");
    expect(await denySource(redis, block("192.0.2.7"), author, [])).toBe("denied-already");
    expect((await readListEntry(redis, "deny", "192.0.2.7"))?.note).toContain("blocked 3 times");
    expect(await countBlocks(redis, author.nowMs)).toBe(0);
    expect((await changes()).map((change) => change.kind)).toEqual(["block-put", "list-put", "block-lift"]);
  });

  it("keeps to the guards, the allowlist, a lift by hand, and proof", async () => {
    const guarded = [{ network: "192.0.2.1", what: "the PBX" }];
    expect(await denySource(redis, block("192.0.2.1"), author, guarded)).toBe("guarded");
    expect(await denySource(redis, block("192.0.2.2", { proven: false }), author, [])).toBe("unproven");
    await putListEntries(redis, "allow", [anEntry("192.0.2.3")], author);
    expect(await denySource(redis, block("192.0.2.3"), author, [])).toBe("allowed");
    await unblock(redis, "192.0.2.4", author);
    expect(await denySource(redis, block("192.0.2.4"), author, [])).toBe("lifted");
    expect(await countList(redis, "deny")).toBe(0);
  });
});

describe("the settings", () => {
  it("keep what differs from the default and tell all of it", async () => {
    await changeSettings(redis, { blockThreshold: 5, mode: "observe" }, "test");
    expect((await readSettings(redis)).settings).toEqual({ ...defaultSettings, blockThreshold: 5, mode: "observe" });
    await changeSettings(redis, { mode: "protect" }, "test");
    expect(await redis.hkeys(redisKeys.settings)).toEqual(["blockThreshold"]);
    expect((await changes()).at(-1)).toEqual({ kind: "settings", settings: { ...defaultSettings, blockThreshold: 5 } });
  });

  it("of a newer version are left out and named", async () => {
    await redis.hset(redisKeys.settings, { laserMode: "true", blockThreshold: "99", mode: "{", geoMode: '"allow"' });
    expect(await readSettings(redis)).toEqual({
      settings: { ...defaultSettings, geoMode: "allow" },
      unknown: ["laserMode"],
      refused: ["blockThreshold", "mode"].sort(),
    });
  });

  it("refuse what is out of bounds and change nothing", async () => {
    const error = await refusal(changeSettings(redis, { mode: "observe", blockThreshold: 21 }, "test"));
    expect(error.facts.field).toBe("blockThreshold");
    expect(await redis.exists(redisKeys.settings, redisKeys.changes)).toBe(0);
  });

  it("changed by two at once keep both changes", async () => {
    const other = await server.open();
    await Promise.all([
      changeSettings(redis, { blockThreshold: 5 }, "one"),
      changeSettings(other, { floodBurstMessages: 7 }, "other"),
    ]);
    expect((await changes()).at(-1).settings).toMatchObject({ blockThreshold: 5, floodBurstMessages: 7 });
  });
});

describe("the rest of the store", () => {
  it("keeps events and counts them by day", async () => {
    const event = {
      kind: "refused",
      atMs: Date.UTC(2026, 10, 22),
      count: 5,
      host: "pbx1",
      endpoint: "203.0.113.10:5060",
      transport: "udp",
      source: "192.0.2.7",
      country: "FR",
      gate: "denied",
      reason: { gate: "denied", network: "192.0.2.7" },
      proven: false,
      method: "REGI|STER",
      agent: "",
    } as const;
    await writeEvents(redis, [event, { ...event, count: 2 }]);
    expect((await readEvents(redis, 10))[0]?.events).toHaveLength(2);
    expect(await readCounts(redis, "2026-11-22")).toEqual([
      { kind: "refused", gate: "denied", endpoint: "203.0.113.10:5060", country: "FR", count: 7 },
    ]);
    expect(await readAttackers(redis, "2026-11-22", 10)).toEqual([
      {
        kind: "refused",
        source: "192.0.2.7",
        country: "FR",
        method: "REGISTER",
        endpoint: "203.0.113.10:5060",
        gate: "denied",
        count: 7,
      },
    ]);
  });

  it("keeps hosts, and leaves out a record it cannot read", async () => {
    const host = {
      name: "b",
      version: "1",
      path: "relay" as const,
      endpoints: [],
      workers: 1,
      startedAtMs: 1,
      seenAtMs: 1,
    };
    await putHost(redis, { ...host, lastChangeId: "0-0", health: [] });
    await redis.hset(redisKeys.hosts, "a", "{}");
    expect((await readHosts(redis)).map((one) => one.name)).toEqual(["b"]);
    expect(await removeHost(redis, "b")).toBe(true);
  });

  it("knows a change while it is in the stream", async () => {
    expect(await readLastChangeId(redis)).toBe(BEFORE_ALL_CHANGES);
    await putListEntries(redis, "deny", [anEntry("192.0.2.7")], author);
    const id = await readLastChangeId(redis);
    expect(await hasChange(redis, id)).toBe(true);
    expect(await hasChange(redis, "1-1")).toBe(false);
    expect(await hasChange(redis, BEFORE_ALL_CHANGES)).toBe(false);
  });

  it("says what to do when the server is away", async () => {
    const away = openBriefConnection({ redisUrl: "redis://user:secret@127.0.0.1:1", stateFolder: "" });
    const error = await refusal(away);
    expect(error.code).toBe("store-unreachable");
    expect(error.facts.value).toBe("redis://***@127.0.0.1:1");
    expect(error.message).not.toContain("secret");
  });
});
