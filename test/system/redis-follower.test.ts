import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "@sipprot/shared/change";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { liftBlocks, putBlocks } from "@sipprot/shared/store/block-store";
import { putListEntries, readListEntry, removeListEntries } from "@sipprot/shared/store/list-store";
import { openLastingConnection } from "@sipprot/shared/store/redis-connection";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import { StoreFollower } from "@sipprot/shared/store/store-follower";
import fc from "fast-check";
import type { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AccountFailureExchange } from "../../proxy/src/sync/account-failure-exchange.ts";
import { EffectJournal } from "../../proxy/src/sync/effect-journal.ts";
import { EffectSender } from "../../proxy/src/sync/effect-sender.ts";
import { restoreStore } from "../../proxy/src/sync/store-restore.ts";
import { startTestRedis, type TestRedis, until } from "./redis-server.ts";
import { aBlock, anEntry } from "./sync-samples.ts";

let server: TestRedis;
let redis: Redis;
let followers: Follower[] = [];
const author = () => ({ by: "test", nowMs: Date.now() });

interface Follower {
  readonly copy: StoreCopy;
  readonly follower: StoreFollower;
  readonly redis: Redis;
  readonly seen: Change[];
  stop(): void;
}

function follow(copy = new StoreCopy(), restores = false, keepsBlock = (_key: string) => false): Follower {
  const connections = [0, 1].map(() => openLastingConnection(server.location, () => undefined));
  const [commands, reader] = connections;
  if (commands === undefined || reader === undefined) throw new Error("no connection");
  const seen: Change[] = [];
  const follower = new StoreFollower({
    redis: commands,
    reader,
    copy,
    onChanges: (changes) => seen.push(...changes),
    onStrikes: () => undefined,
    giveBack: async () => {
      if (restores) await restoreStore(commands, copy, "test", Date.now());
      return restores;
    },
    keepsBlock,
    now: Date.now,
  });
  void follower.run();
  const one: Follower = {
    copy,
    follower,
    redis: commands,
    seen,
    stop() {
      follower.stop();
      for (const connection of connections) connection.disconnect();
    },
  };
  followers.push(one);
  return one;
}

const networks = (one: Follower, list: "allow" | "deny" = "deny") => [...one.copy.lists[list].keys()].sort();
const isInStep = (one: Follower) => until("in step", () => one.follower.state.isInStep);
const stored = async (list: "allow" | "deny" = "deny") => (await redis.hkeys(redisKeys.list(list))).sort();

beforeEach(async () => {
  server = await startTestRedis("follower");
  redis = await server.open();
});
afterEach(async () => {
  for (const one of followers) one.stop();
  followers = [];
  await server.close();
});

describe("a follower", () => {
  it("has every change within a second, on every host", async () => {
    const [one, other] = [follow(), follow()];
    await Promise.all([isInStep(one), isInStep(other)]);
    await putBlocks(redis, [aBlock("192.0.2.7", Date.now())], author());
    await until("both have the block", () => one.copy.blocks.size === 1 && other.copy.blocks.size === 1, 1000);
    await putListEntries(redis, "allow", [anEntry("192.0.2.7")], author());
    await until("allowed, and the block lifted", () => one.copy.blocks.size + other.copy.blocks.size === 0, 1000);
    expect([networks(one, "allow"), networks(other, "allow")]).toEqual([["192.0.2.7"], ["192.0.2.7"]]);
  });

  it("catches up after an outage without reading everything anew", async () => {
    const one = follow();
    await putListEntries(redis, "deny", [anEntry("192.0.2.1")], author());
    await until("the first change", () => networks(one).length === 1);
    const { copy } = one;
    const reloads = one.follower.state.reloads;
    one.stop();
    await putListEntries(redis, "deny", [anEntry("192.0.2.2")], author());
    await removeListEntries(redis, "deny", ["192.0.2.1"], author());
    const again = follow(copy);
    await until("what was changed meanwhile", () => networks(again).join() === "192.0.2.2");
    expect(reloads).toBe(1);
    expect(again.follower.state.reloads).toBe(0);
  });

  it("survives a kill of the server and misses nothing", async () => {
    const one = follow();
    await putListEntries(redis, "deny", [anEntry("192.0.2.1")], author());
    await until("the first change", () => networks(one).length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1100)); // the append-only file is synced each second
    await server.kill();
    await until("it notices", () => !one.follower.state.isInStep);
    expect(networks(one)).toEqual(["192.0.2.1"]);
    await server.start();
    redis = await server.open();
    await putListEntries(redis, "deny", [anEntry("192.0.2.2")], author());
    await until("the change after the restart", () => networks(one).length === 2);
    expect(one.follower.state.reloads).toBe(1);
  });

  it("reads everything anew when the stream no longer reaches back", async () => {
    const one = follow();
    await putListEntries(redis, "deny", [anEntry("192.0.2.1")], author());
    await until("the first change", () => networks(one).length === 1);
    one.stop();
    await removeListEntries(redis, "deny", ["192.0.2.1"], author());
    await putListEntries(redis, "deny", [anEntry("192.0.2.2")], author());
    await redis.xtrim(redisKeys.changes, "MAXLEN", 1);
    const again = follow(one.copy);
    await until("the whole list", () => networks(again).join() === "192.0.2.2");
    expect(again.follower.state.reloads).toBe(1);
    expect(again.seen.map((change) => change.kind)).toEqual(["list-put", "list-remove"]);
  });

  it("notices that the server lost part of what it knew", async () => {
    const one = follow();
    await putListEntries(redis, "deny", [anEntry("192.0.2.1"), anEntry("192.0.2.2")], author());
    await until("the first change", () => networks(one).length === 2);
    // As a failover to a replica that was behind: the newest change and what it did are gone.
    const newest = (await redis.xrevrange(redisKeys.changes, "+", "-", "COUNT", 1))[0]?.[0] ?? "";
    await redis.multi().xdel(redisKeys.changes, newest).hdel(redisKeys.list("deny"), "192.0.2.2").exec();
    await putListEntries(redis, "deny", [anEntry("192.0.2.3")], author());
    await until("the same as the store", async () => networks(one).join() === (await stored()).join());
  });

  it("gives an empty store back what it lost", async () => {
    const one = follow(new StoreCopy(), true);
    await putListEntries(redis, "deny", [anEntry("192.0.2.0/24")], author());
    await putListEntries(redis, "allow", [anEntry("192.0.2.7", { note: "office" })], author());
    await changeSettings(redis, { blockThreshold: 7 }, "test");
    await putBlocks(redis, [aBlock("198.51.100.7", Date.now())], author());
    await until("all of it", () => one.copy.blocks.size === 1);
    await server.kill();
    await server.loseData();
    await server.start();
    redis = await server.open();
    await until("given back", async () => (await redis.hlen(redisKeys.blocks)) === 1);
    expect((await readListEntry(redis, "allow", "192.0.2.7"))?.note).toBe("office");
    expect(await stored()).toEqual(["192.0.2.0/24"]);
    await until("in step", () => one.follower.state.isInStep);
    expect(one.copy.settings.blockThreshold).toBe(7);
    expect(networks(one)).toEqual(["192.0.2.0/24"]);
  });

  it("skips what it cannot read, and keeps unknown settings out", async () => {
    const one = follow();
    await isInStep(one);
    for (const text of [
      "{",
      "7",
      '{"kind":"laser"}',
      '{"kind":"list-put","list":"deny","entries":[{"network":"x"}]}',
    ]) {
      await redis.xadd(redisKeys.changes, "*", "change", text, "by", "newer");
    }
    const settings = JSON.stringify({ kind: "settings", settings: { blockThreshold: 9, laser: 1, mode: "melt" } });
    await redis.xadd(redisKeys.changes, "*", "change", settings, "by", "newer");
    await until("the settings", () => one.copy.settings.blockThreshold === 9);
    expect(one.follower.state.skipped).toBe(4);
    expect(one.follower.state.leftOut).toEqual(["laser", "mode"]);
    expect(one.copy.settings.mode).toBe("protect");
  });

  it("takes a large import as it comes", async () => {
    const one = follow();
    await isInStep(one);
    const many = Array.from({ length: 20_000 }, (_, index) => anEntry(`10.1.${index >> 8}.${index & 255}`));
    await putListEntries(redis, "deny", many, author());
    await until("all of it", () => one.copy.lists.deny.size === 20_000);
    await until(
      "its place",
      async () => one.copy.lastChangeId === (await redis.xrevrange(redisKeys.changes, "+", "-"))[0]?.[0],
    );
  });

  it("has what the store has, whatever is changed in whatever order", async () => {
    const small = fc.integer({ min: 0, max: 5 }).map((last) => `192.0.2.${last}`);
    const step = fc.oneof(
      fc.record({
        what: fc.constant("put" as const),
        list: fc.constantFrom("allow" as const, "deny" as const),
        network: small,
      }),
      fc.record({
        what: fc.constant("remove" as const),
        list: fc.constantFrom("allow" as const, "deny" as const),
        network: small,
      }),
      fc.record({ what: fc.constant("block" as const), network: small }),
      fc.record({ what: fc.constant("lift" as const), network: small }),
      fc.record({ what: fc.constant("threshold" as const), value: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ what: fc.constant("reload" as const) }),
    );
    const one = follow();
    let clockMs = Date.now();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        for (const change of steps) {
          clockMs += 5000;
          const at = { by: "test", nowMs: clockMs };
          if (change.what === "put") {
            await putListEntries(redis, change.list, [anEntry(change.network)], at).catch(() => undefined);
          } else if (change.what === "remove") await removeListEntries(redis, change.list, [change.network], at);
          else if (change.what === "block") await putBlocks(redis, [aBlock(change.network, clockMs)], at);
          else if (change.what === "lift") await liftBlocks(redis, [change.network], at);
          else if (change.what === "threshold") await changeSettings(redis, { blockThreshold: change.value }, "test");
          else await redis.xtrim(redisKeys.changes, "MAXLEN", 1);
        }
        await until("its place", async () => {
          const newest = (await redis.xrevrange(redisKeys.changes, "+", "-", "COUNT", 1))[0]?.[0] ?? "0-0";
          return one.follower.state.isInStep && one.copy.lastChangeId === newest;
        });
        expect(networks(one, "allow")).toEqual(await stored("allow"));
        expect(networks(one, "deny")).toEqual(await stored("deny"));
        expect([...one.copy.blocks.keys()].sort()).toEqual((await redis.hkeys(redisKeys.blocks)).sort());
      }),
      { numRuns: 40 },
    );
  });
});

describe("blocks on their way", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const journalFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), "sync-journal-"));
    folders.push(folder);
    return folder;
  };

  it("survive a kill of the process that kept them", async () => {
    const folder = journalFolder();
    const block = JSON.stringify(aBlock("192.0.2.7", 5));
    const script = `
      const { EffectJournal } = await import("@sipprot/proxy/sync/effect-journal");
      new EffectJournal(process.argv[1]).add([{ kind: "block", block: ${block} }]);
      process.stdout.write("kept");
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(new EffectJournal(folder).hasBlock("192.0.2.7")).toBe(true);
  });

  it("wait for the store and are not taken back by what the store does not know yet", async () => {
    const journal = new EffectJournal(journalFolder());
    const copy = new StoreCopy();
    const block = aBlock("192.0.2.7", Date.now(), { strikes: 3 });
    await putListEntries(redis, "deny", [anEntry("198.51.100.1")], author());
    await server.kill();
    const one = follow(copy, false, (key) => journal.hasBlock(key));
    const denials: string[] = [];
    const sender = new EffectSender({
      redis: one.redis,
      journal,
      by: "proxy:pbx1",
      guarded: () => [],
      onRefusedBlock: (refused) => copy.blocks.delete(refused.source),
      onDenial: (_block, outcome) => denials.push(outcome),
      now: Date.now,
    });
    copy.apply({ kind: "block-put", block });
    journal.add([{ kind: "block", block }]);
    journal.add([{ kind: "deny", block }]);
    await sender.send();
    expect(journal.size).toBe(2);
    await server.start();
    redis = await server.open();
    await isInStep(one);
    expect(copy.blocks.has("192.0.2.7")).toBe(true);
    await sender.send();
    expect(journal.size).toBe(0);
    expect(denials).toEqual(["denied"]);
    await until("denied, and the block ended", () => networks(one).includes("192.0.2.7") && copy.blocks.size === 0);
  });
});

describe("failures of an account", () => {
  it("are told to the other hosts, not to ourselves, and go on after an outage", async () => {
    const heard: Record<string, number> = {};
    const join2 = (name: string) => {
      const publisher = openLastingConnection(server.location, () => undefined);
      const subscriber = openLastingConnection(server.location, () => undefined);
      const exchange = new AccountFailureExchange(publisher, subscriber, name, (failures) => {
        for (const { account, count } of failures)
          heard[`${name} ${account}`] = (heard[`${name} ${account}`] ?? 0) + count;
      });
      return { exchange, publisher, subscriber };
    };
    const [one, other] = [join2("one"), join2("other")];
    const tell = async () => {
      one.exchange.add("1001", 5);
      one.exchange.add("1001", 6);
      await one.exchange.tell();
    };
    await until("told", async () => {
      await tell();
      return heard["other 1001"] !== undefined;
    });
    expect(heard["other 1001"]).toBe(2);
    expect(heard["one 1001"]).toBeUndefined();
    await redis.publish(redisKeys.accountFailures, "{");
    await server.kill();
    await tell();
    await server.start();
    await until("told again", async () => {
      await tell();
      return (heard["other 1001"] ?? 0) > 2;
    });
    for (const { publisher, subscriber } of [one, other]) {
      publisher.disconnect();
      subscriber.disconnect();
    }
  });
});
