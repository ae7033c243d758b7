/** A new version over an old one, with the data of the old one, under load: nothing known is forgotten; a restart loses no message. */
import { putListEntries } from "@sipprot/shared/store/list-store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildEarlierVersion, type EarlierVersion } from "../lab/earlier-version.ts";
import { FaultStage } from "../lab/fault-stage.ts";
import { until } from "../lab/until.ts";
import { anEntry } from "./sync-samples.ts";

/** The day from which on there were lists, blocks and snapshots as they are. */
const EARLIER = "2026-11-23T00:00:00Z";
/** Versions of before let go of the port with messages in their hands: at this rate one or none. */
const LOST_BY_EARLIER = 3;
const RESTARTS = 3;

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

it("tells who is connected, and has lists and blocks of before", async () => {
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
  expect(steady.sent - steady.answered).toBeLessThanOrEqual(LOST_BY_EARLIER);
  await until(async () => !(await connected.isOpen(host, stream ?? 0)), 3000, "the end of the connection");
  expect(await connected.connect(host)).toBeDefined();
  expect([await denied.isAnswered(host), await scanner.isAnswered(host)]).toEqual([false, false]);
  await stage.allWell();
});

it("loses no message when it is stopped and started again, three times over", async () => {
  const { host, load } = stage;
  const steady = await load.during(host, async () => {
    for (let count = 0; count < RESTARTS; count += 1) {
      await host.stop();
      await host.start();
    }
  });
  console.log(`${RESTARTS} restarts at ${steady.perSecond} messages/s: ${steady.answered} of ${steady.sent} answered`);
  expect(steady.answered).toBe(steady.sent);
});
