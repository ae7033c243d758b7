import { expect, it } from "vitest";
import { patiently } from "./patiently.ts";

const failure = (code: string, waitMs?: number) => ({ data: { code, facts: { waitMs } } });

/** Fails with these one after the other, then answers. */
async function run(failures: readonly unknown[]): Promise<{ readonly outcome: unknown; readonly waits: number[] }> {
  const left = [...failures];
  const waits: number[] = [];
  const call = async () => {
    const next = left.shift();
    if (next !== undefined) throw next;
    return "done";
  };
  const outcome = await patiently(call, async (ms) => void waits.push(ms)).catch((error: unknown) => error);
  return { outcome, waits };
}

it("waits as long as a busy server says, however often", async () => {
  const busy = Array.from({ length: 20 }, () => failure("too-many-requests", 70));
  expect(await run(busy)).toEqual({ outcome: "done", waits: busy.map(() => 70) });
});

it("tries again what did not arrive, longer apart each time, and not for ever", async () => {
  expect(await run([failure("unreachable"), new TypeError("fetch")])).toEqual({ outcome: "done", waits: [500, 1000] });
  const lost = Array.from({ length: 9 }, () => failure("store-unreachable"));
  expect((await run(lost)).outcome).toBe(lost[4]);
});

it("does not repeat what was refused", async () => {
  const refused = failure("not-permitted");
  expect(await run([refused])).toEqual({ outcome: refused, waits: [] });
});
