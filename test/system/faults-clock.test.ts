/** The clock is set back and forth by a day: phones and blocks go on as if it had not been. */
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBlocks } from "@sipprot/shared/store/block-store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FaultStage } from "../lab/fault-stage.ts";
import { until } from "../lab/until.ts";

const DAY_MS = 86_400_000;
const NOTICED_WITHIN_MS = 90_000;
const clockFile = join(tmpdir(), `sipprot-clock-${process.pid}`);
const preload = new URL(`../lab/clock-offset.mjs?file=${clockFile}`, import.meta.url).href;

let stage: FaultStage;
/** By how much the proxy's clock is off just now. */
let offsetMs = 0;

beforeAll(async () => {
  await writeFile(clockFile, "0");
  stage = await FaultStage.open({ nodeArguments: ["--import", preload] });
});
afterAll(async () => {
  await stage?.close();
  await rm(clockFile, { force: true });
});
beforeEach(() => stage.allWell());

async function setClock(byMs: number): Promise<void> {
  const { proxy } = stage.host;
  const countTurns = () => proxy.output.split("new workers took over").length;
  const before = countTurns();
  offsetMs += byMs;
  await writeFile(clockFile, String(offsetMs));
  await until(() => countTurns() > before, NOTICED_WITHIN_MS, "the new workers");
}

describe.each([
  ["back", -DAY_MS],
  ["forth", DAY_MS],
])("the clock set %s by a day", (_, byMs) => {
  it("loses no message, locks out no phone, and leaves a block the rest of its hour", async () => {
    const { host, redis } = stage;
    const phone = await stage.openClient();
    expect(await phone.isAnswered(host)).toBe(true);
    const scanner = await stage.blockScanner();
    await stage.untilStored(scanner);
    const remainingMs = async () => {
      const [block] = await findBlocks(redis, scanner.address);
      return (block?.untilMs ?? 0) - (Date.now() + offsetMs);
    };
    await stage.loseNothing(() => setClock(byMs));
    expect(await phone.isAnswered(host)).toBe(true);
    expect(await scanner.isAnswered(host)).toBe(false);
    const hasItsHour = async () => Math.abs((await remainingMs()) - 3_600_000) < 60_000;
    await until(hasItsHour, 5000, "the rest of its hour in the store");
    expect(await host.tellPart("data-path")).toBe("ok");
  });
});
