import type { SipEvent } from "@sipprot/shared/event";
import { describe, expect, it } from "vitest";
import { EventWriter, MAX_BATCH_EVENTS, MAX_QUEUED_EVENTS } from "./event-writer.ts";

const event = (atMs: number): SipEvent => ({
  kind: "refused",
  atMs,
  count: 2,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "192.0.2.7",
  gate: "denied",
  reason: { gate: "denied", network: "192.0.2.7" },
  proven: false,
  method: "REGISTER",
  agent: "",
});
const events = (count: number) => Array.from({ length: count }, (_, index) => event(index));

describe("the queue of events", () => {
  it("is written in batches, in order", async () => {
    const batches: SipEvent[][] = [];
    const writer = new EventWriter(async (batch) => void batches.push([...batch]));
    writer.add(events(MAX_BATCH_EVENTS + 1));
    await writer.flush();
    expect(batches.map((batch) => batch.length)).toEqual([MAX_BATCH_EVENTS, 1]);
    expect(batches.flat().map((one) => one.atMs)).toEqual(events(MAX_BATCH_EVENTS + 1).map((one) => one.atMs));
  });

  it("waits while the store is away, gives up the oldest when full, and counts the messages", async () => {
    let isAway = true;
    const written: SipEvent[] = [];
    const writer = new EventWriter(async (batch) => {
      if (isAway) throw new Error("away");
      written.push(...batch);
    });
    writer.add(events(MAX_QUEUED_EVENTS));
    await writer.flush();
    writer.add([event(-1), event(-2)]);
    expect([writer.queued, writer.dropped]).toEqual([MAX_QUEUED_EVENTS, 4]);
    isAway = false;
    await writer.flush();
    expect(written).toHaveLength(MAX_QUEUED_EVENTS);
    expect(written[0]?.atMs).toBe(2);
    expect(written.at(-1)?.atMs).toBe(-2);
  });
});
