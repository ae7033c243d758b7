/** Redis hangs, refuses to write, is slow, loses everything: messages go on, what was decided is stored as soon as it can be. */
import { putListEntries, readListEntry } from "@sipprot/shared/store/list-store";
import { changeSettings, readSettings } from "@sipprot/shared/store/settings-store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FaultStage } from "../lab/fault-stage.ts";
import { pause } from "../lab/until.ts";
import { anEntry } from "./sync-samples.ts";

let stage: FaultStage;
beforeAll(async () => {
  stage = await FaultStage.open();
});
afterAll(() => stage?.close());
beforeEach(() => stage.allWell());

interface Trouble {
  readonly name: string;
  readonly begin: () => Promise<unknown> | unknown;
  readonly end: () => Promise<unknown> | unknown;
  /** What health must say while it lasts. */
  readonly said: RegExp;
}

const troubles: readonly Trouble[] = [
  {
    name: "hangs (SIGSTOP)",
    begin: () => stage.site.redis.signal("SIGSTOP"),
    end: () => stage.site.redis.signal("SIGCONT"),
    said: /not in step|does not take/,
  },
  {
    name: "is killed (kill -9)",
    begin: () => stage.site.redis.kill(),
    end: () => stage.startRedis(),
    said: /not in step/,
  },
  {
    name: "is read-only",
    begin: () => stage.redis.replicaof("127.0.0.1", 1),
    end: () => stage.redis.replicaof("NO", "ONE"),
    said: /does not take what is written.*(READONLY|read only)/i,
  },
  {
    name: "has no memory left",
    begin: () => stage.redis.config("SET", "maxmemory", "1"),
    end: () => stage.redis.config("SET", "maxmemory", "0"),
    said: /does not take what is written.*OOM/,
  },
];

describe.each(troubles)("Redis $name", ({ begin, end, said }) => {
  it("is told of, costs no message, and gets what was decided meanwhile", async () => {
    await stage.loseNothing(async () => {
      await begin();
      const scanner = await stage.blockScanner();
      await stage.untilTold("redis", said);
      await end();
      await stage.untilStored(scanner);
    });
    await stage.allWell();
  });
});

describe("Redis that", () => {
  it("is slow (answers come 300 ms late) costs no message, and stores what was decided", async () => {
    let isOver = false;
    const slowing = (async () => {
      const slow = await stage.site.redis.open();
      for (; !isOver; await pause(50)) await slow.call("CLIENT", "PAUSE", "300", "ALL");
    })();
    await stage.loseNothing(async () => stage.untilStored(await stage.blockScanner(), 30_000));
    isOver = true;
    await slowing;
  });

  it("loses everything is given back lists, settings and blocks by the host", async () => {
    await putListEntries(stage.redis, "deny", [anEntry("192.0.2.0/24")], { by: "test", nowMs: Date.now() });
    await changeSettings(stage.redis, { blockThreshold: 7 }, "test");
    const scanner = await stage.blockScanner();
    await stage.untilStored(scanner);
    await pause(1000);
    await stage.loseNothing(async () => {
      await stage.redis.flushall();
      await stage.untilStored(scanner);
    });
    expect(await readListEntry(stage.redis, "deny", "192.0.2.0/24")).toBeDefined();
    expect((await readSettings(stage.redis)).settings.blockThreshold).toBe(7);
  });
});
