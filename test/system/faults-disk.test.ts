/** A full disk, files that are rubbish, settings of a newer version: the gate stands, says so, and heals by itself. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { privateRedisFolder } from "@sipprot/shared/private-redis";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { defaultSettings } from "@sipprot/shared/settings";
import { putListEntries } from "@sipprot/shared/store/list-store";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FaultStage } from "../lab/fault-stage.ts";
import { run } from "../lab/namespace.ts";
import { until } from "../lab/until.ts";
import { anEntry } from "./sync-samples.ts";

/** More than the small disk of four megabytes has. */
const FILLING = Buffer.alloc(5 << 20, 1);

let stage: FaultStage;
/** Small disks: that of the host's state, and that of Redis. */
let disks: readonly string[] = [];
let snapshot = "";

beforeAll(async () => {
  stage = await FaultStage.open();
  const { host, site } = stage;
  snapshot = join(host.stateFolder, "snapshot.jsonl");
  await host.stop();
  await site.redis.kill();
  disks = [host.stateFolder, privateRedisFolder(site.redis.location.stateFolder)];
  for (const disk of disks) await run("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]);
  await stage.startRedis();
  await host.start();
});
afterAll(async () => {
  await stage?.host.stop("SIGKILL");
  await stage?.site.redis.kill();
  for (const disk of disks) await run("umount", [disk], { mayFail: true });
  await stage?.close();
});
beforeEach(() => stage.allWell());

const fill = (disk: string) => writeFile(join(disk, "filling"), FILLING).catch(() => undefined);
const empty = (disk: string) => rm(join(disk, "filling"), { force: true });
const untilInSnapshot = (text: string) =>
  until(
    async () => (await readFile(snapshot, "utf8").catch(() => "")).includes(text),
    10_000,
    `${text} in the snapshot`,
  );

it("the disk is full, for us and for Redis: nothing that was decided is lost, not even by a crash afterwards", async () => {
  const { host } = stage;
  await Promise.all(disks.map(fill));
  let scanner = await stage.openClient();
  await stage.loseNothing(async () => {
    scanner = await stage.blockScanner();
    await stage.untilTold("redis", /does not take what is written|the journal/);
    await stage.untilTold("snapshot", /cannot be written: .*ENOSPC/);
    expect((await host.sipprot("doctor")).code).toBe(1);
    await Promise.all(disks.map(empty));
    await stage.untilStored(scanner);
  });
  await stage.allWell();
  await untilInSnapshot(scanner.address);
  await host.stop("SIGKILL");
  await host.start();
  expect(await scanner.isAnswered(host)).toBe(false);
});

it("the snapshot is rotten and Redis is away: the one before serves, and health names the bad one", async () => {
  const { host, site } = stage;
  const denied = await stage.openClient();
  await putListEntries(stage.redis, "deny", [anEntry(denied.address)], { by: "test", nowMs: Date.now() });
  await untilInSnapshot(denied.address);
  await host.stop();
  await writeFile(join(host.stateFolder, "snapshot.previous.jsonl"), await readFile(snapshot));
  await writeFile(snapshot, "rubbish\n".repeat(1000));
  await site.redis.kill();
  await host.start();
  await stage.untilTold("snapshot", /snapshot\.jsonl cannot be used/);
  await stage.untilTold("redis", /the snapshot of .* is in force/);
  expect(await denied.isAnswered(host)).toBe(false);
  expect(await stage.untilAnswered()).toBeLessThan(1000);
  await stage.startRedis();
});

it("the country file is rubbish: another serves, and health says so", async () => {
  const file = join(stage.host.stateFolder, "countries.mmdb");
  await writeFile(file, Buffer.alloc(100_000, 7));
  await changeSettings(stage.redis, { geoDatabaseFile: file }, "test");
  await stage.untilTold("geo", /^degraded: .*no country database.*is used/);
  expect(await stage.untilAnswered()).toBeLessThan(1000);
  await changeSettings(stage.redis, { geoDatabaseFile: "" }, "test");
  await stage.untilTold("geo", /^ok$/);
});

it("settings of a newer version are left out, and named; those known here are in force", async () => {
  const settings = { ...defaultSettings, quantumShield: "on" };
  const change = JSON.stringify({ kind: "settings", settings });
  await stage.redis.xadd(redisKeys.changes, "*", "change", change, "by", "cli:root");
  await stage.untilTold("redis", /^degraded: .*quantumShield/);
  expect(await stage.untilAnswered()).toBeLessThan(1000);
  await changeSettings(stage.redis, { blockThreshold: 9 }, "test");
  await stage.allWell();
});
