import { type TrackedEnvelope, tracked } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { liveOutput } from "./live-output.ts";

async function collect(stream: AsyncIterable<TrackedEnvelope<unknown>>): Promise<unknown[]> {
  const seen = [];
  for await (const [id, data] of stream) seen.push([id, data]);
  return seen;
}

describe("the output of a subscription", () => {
  const schema = liveOutput(z.strictObject({ count: z.number() }));

  it("passes each event on with its id", async () => {
    async function* stream() {
      yield tracked("1-0", { count: 1 });
      yield tracked("2-0", { count: 2 });
    }
    expect(await collect(schema.parse(stream()))).toEqual([
      ["1-0", { count: 1 }],
      ["2-0", { count: 2 }],
    ]);
  });
  it("ends at an event that is not as promised, or has no id", async () => {
    async function* secretive() {
      yield tracked("1-0", { count: 1, secret: "x" });
    }
    async function* nameless() {
      yield { count: 1 };
    }
    await expect(collect(schema.parse(secretive()))).rejects.toThrow(/secret/);
    await expect(collect(schema.parse(nameless()))).rejects.toThrow(/without an id/);
    expect(schema.safeParse([]).success).toBe(false);
  });
  it("ends what it reads from when the follower leaves", async () => {
    let isEnded = false;
    async function* endless() {
      try {
        for (;;) yield tracked("1-0", { count: 1 });
      } finally {
        isEnded = true;
      }
    }
    for await (const _ of schema.parse(endless())) break;
    expect(isEnded).toBe(true);
  });
});
