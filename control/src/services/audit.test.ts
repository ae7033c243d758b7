import type { AuditFilter } from "@sipprot/shared/audit";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { createAuditService } from "./audit.ts";

const RECORDS = 2345;
let store: TestRedis;
let redis: Redis;
const audit = () => createAuditService(redis, () => 7);

beforeAll(async () => {
  store = await startTestRedis("audit");
  redis = await store.open();
  for (let number = 0; number < RECORDS; number += 1) {
    const action = number % 10 === 0 ? "settings.put" : "lists.add";
    await audit().write({ atMs: number, by: `user:${number % 7}`, from: "192.0.2.1", action, outcome: "done" });
  }
});
afterAll(() => store.close());

/** When those of a page were written, which numbers them. */
async function page(page: number, size: number, descending: boolean, filter?: AuditFilter) {
  const { rows, total } = await audit().page({ page, size, descending, ...(filter === undefined ? {} : { filter }) });
  return { numbers: rows.map(({ atMs }) => atMs), total };
}

const all = Array.from({ length: RECORDS }, (_, number) => number);

describe("a page of the audit trail", () => {
  it.each([
    [0, 50],
    [3, 200],
    [11, 200],
    [12, 200],
    [0, 5000],
  ])("number %i of %i rows has what stands there, newest or oldest first, and the number of all", async (at, size) => {
    const part = (numbers: readonly number[]) => numbers.slice(at * size, (at + 1) * size);
    expect(await page(at, size, true)).toEqual({ numbers: part(all.toReversed()), total: RECORDS });
    expect(await page(at, size, false, {})).toEqual({ numbers: part(all), total: RECORDS });
  });

  it("with a filter counts what the filter shows", async () => {
    const wanted = all.filter((number) => number % 10 === 0);
    const filter = { action: "settings." };
    expect(await page(1, 50, false, filter)).toEqual({ numbers: wanted.slice(50, 100), total: wanted.length });
    expect(await page(0, 50, true, filter)).toEqual({
      numbers: wanted.toReversed().slice(0, 50),
      total: wanted.length,
    });
  });
});
