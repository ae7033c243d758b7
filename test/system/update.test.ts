/** A new version over an old one, with the data of the old one, under load: not one message is lost, nothing known is forgotten. */
import { putListEntries } from "@sipprot/shared/store/list-store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildEarlierVersion, type EarlierVersion } from "../lab/earlier-version.ts";
import { FaultStage } from "../lab/fault-stage.ts";
import { until } from "../lab/until.ts";
import { anEntry } from "./sync-samples.ts";

/** The day from which on there were lists, blocks and snapshots as they are. */
const EARLIER = "2026-11-23T00:00:00Z";

let earlier: EarlierVersion;
let stage: FaultStage;
beforeAll(async () => {
  earlier = await buildEarlierVersion(EARLIER);
  stage = await FaultStage.open({ program: earlier.program });
});
afterAll(async () => {
  await stage?.close();
  await earlier?.remove();
});

it("loses no message, tells who is connected, and has lists and blocks of before", async () => {
  const { host, load, redis } = stage;
  const denied = await stage.openClient();
  await putListEntries(redis, "deny", [anEntry(denied.address)], { by: "test", nowMs: Date.now() });
  await denied.measure([host], false, Date.now());
  const scanner = await stage.blockScanner();
  await stage.untilStored(scanner);
  const connected = await stage.openClient();
  const stream = await connected.connect(host);
  expect(stream).toBeDefined();
  const steady = await load.during(host, async () => {
    await host.stop();
    host.options = {};
    await host.start();
  });
  console.log(
    `update from ${earlier.commit.slice(0, 7)} at ${steady.perSecond} messages/s: ${steady.answered} of ${steady.sent} answered`,
  );
  expect(steady.answered).toBe(steady.sent);
  await until(async () => !(await connected.isOpen(host, stream ?? 0)), 3000, "the end of the connection");
  expect(await connected.connect(host)).toBeDefined();
  expect([await denied.isAnswered(host), await scanner.isAnswered(host)]).toEqual([false, false]);
  await stage.allWell();
});
