import type { Block } from "@sipprot/shared/block";
import type { SipEvent } from "@sipprot/shared/event";
import { liftBlocks, putBlocks } from "@sipprot/shared/store/block-store";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { putListEntries, removeListEntries } from "@sipprot/shared/store/list-store";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { type Countries, openCountries } from "./country.ts";
import { explainAddress } from "./explanation.ts";

let store: TestRedis;
let redis: Redis;
let countries: Countries;
const nowMs = Date.now();
const author = { by: "user:alice", nowMs };
/** In the United States by the built-in database. */
const AMERICAN = "8.8.8.8";

beforeAll(async () => {
  store = await startTestRedis("explanation");
  redis = await store.open();
  countries = await openCountries("");
});
afterAll(() => store.close());
beforeEach(() => redis.flushall());

const explain = (text: string) => explainAddress(redis, countries, text, nowMs);

function blockOf(source: string, account?: string): Block {
  return {
    source,
    ...(account === undefined ? {} : { account }),
    gate: "guessing",
    reason: { gate: "guessing", kind: "credit", seen: 10, limit: 10, windowSeconds: 60 },
    sinceMs: nowMs - 1000,
    untilMs: nowMs + 60_000,
    proven: true,
    strikes: 1,
    refused: 4,
    inKernel: false,
    agent: "Yealink",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    host: "pbx1",
    evidence: [],
  };
}

const stuckPhone = (source: string, account: string): SipEvent => ({
  kind: "stuck-phone",
  atMs: nowMs,
  count: 1,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source,
  gate: "guessing",
  reason: { gate: "guessing", kind: "account", seen: 10, limit: 10, windowSeconds: 600, account },
  proven: true,
  method: "REGISTER",
  agent: "Yealink",
  account,
});

describe("what is known of an address", () => {
  it("is nothing against it when nothing stands against it", async () => {
    expect(await explain("192.0.2.7")).toMatchObject({
      verdict: "judged-by-message",
      isObserving: false,
      blocks: [],
      accounts: [],
      changes: [],
    });
  });

  it("is the refusal of its country, where that is the first that holds", async () => {
    expect(await explain(AMERICAN)).toMatchObject({ place: { code: "US" }, verdict: "judged-by-message" });
    await changeSettings(redis, { geoMode: "deny", geoCountries: ["US"], mode: "observe" }, "test");
    expect(await explain(AMERICAN)).toMatchObject({ verdict: "country-refused", isObserving: true });
    expect((await explain("8.8.8.0/24")).verdict).toBe("judged-by-message");
    await changeSettings(redis, { geoMode: "allow", geoCountries: ["BE"] }, "test");
    expect((await explain(AMERICAN)).verdict).toBe("country-refused");
    // In no known country: it passes in both modes.
    expect((await explain("192.0.2.7")).verdict).toBe("judged-by-message");
    await putBlocks(redis, [blockOf(AMERICAN)], author);
    expect((await explain(AMERICAN)).verdict).toBe("blocked");
  });

  it("names the account that is refused, and tells a phone with an old password from others", async () => {
    await putBlocks(redis, [blockOf("192.0.2.7", "1001"), blockOf("192.0.2.7", "1002")], author);
    await writeEvents(redis, [stuckPhone("192.0.2.7", "1001")]);
    const { verdict, accounts } = await explain("192.0.2.7");
    expect(verdict).toBe("account-blocked");
    expect(accounts.map(({ account, isStuckPhone }) => [account, isStuckPhone]).sort()).toEqual([
      ["1001", true],
      ["1002", false],
    ]);
  });

  it("tells of a network the blocks of the sources inside it, without being blocked itself", async () => {
    await putBlocks(redis, [blockOf("192.0.2.7"), blockOf("198.51.100.1"), blockOf("2001:db8:0:1::/64")], author);
    const network = await explain("192.0.2.0/24");
    expect(network.blocks.map(({ source }) => source)).toEqual(["192.0.2.7"]);
    expect(network.verdict).toBe("judged-by-message");
    expect((await explain("2001:db8::/32")).blocks.map(({ source }) => source)).toEqual(["2001:db8:0:1::/64"]);
    expect((await explain("2001:db8:0:1::7")).verdict).toBe("blocked");
  });

  it("has who put it on a list, took it off, and lifted its block", async () => {
    const entry = { network: "192.0.2.0/24", note: "the office", addedAtSeconds: 1, addedBy: "user:alice" };
    await putListEntries(redis, "deny", [entry], author);
    await putListEntries(redis, "deny", [{ ...entry, network: "198.51.100.0/24" }], author);
    await removeListEntries(redis, "deny", ["192.0.2.0/24"], { by: "user:bob", nowMs });
    await putBlocks(redis, [blockOf("192.0.2.7")], { by: "pbx1", nowMs });
    await liftBlocks(redis, ["192.0.2.7"], author);
    const { changes } = await explain("192.0.2.7");
    expect(changes.map(({ kind, by, network }) => [kind, by, network])).toEqual([
      ["block-lift", "user:alice", "192.0.2.7"],
      ["list-remove", "user:bob", "192.0.2.0/24"],
      ["list-put", "user:alice", "192.0.2.0/24"],
    ]);
    expect(changes[2]).toMatchObject({ list: "deny", note: "the office" });
  });
});
