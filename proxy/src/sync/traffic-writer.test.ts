import type { PassedCount } from "@sipprot/shared/store/count-store";
import { expect, it } from "vitest";
import type { Counters, MessageCount } from "../worker-messages.ts";
import { LATENCY_BOUNDS_MICROSECONDS } from "../worker-messages.ts";
import { MAX_WAITING_COUNTS, TrafficWriter } from "./traffic-writer.ts";

const report = (atMs: number, messages: readonly Partial<MessageCount>[]): Counters => ({
  atMs,
  messages: messages.map((one) => ({
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    direction: "in",
    verdict: "pass",
    gate: "none",
    count: 1,
    ...one,
  })),
  answers: [],
  keepalives: 0,
  latencyBuckets: LATENCY_BOUNDS_MICROSECONDS.map(() => 0),
  latencySumMicroseconds: 0,
  receiveBufferDrops: 0,
  sendErrors: 0,
  guarded: 0,
  connectionsOpened: 0,
  connectionsShed: 0,
  connections: 0,
  receiveBufferBytes: 0,
  memoryBytes: 0,
  sources: 0,
  lastAnswerAtMs: {},
});

it("adds up what passed from clients by the minute, and nothing that was refused or came from the PBX", async () => {
  const written: (readonly PassedCount[])[] = [];
  const writer = new TrafficWriter(async (passed) => void written.push(passed));
  writer.note(report(60_500, [{ count: 2 }, { verdict: "drop", count: 9 }, { direction: "out", count: 9 }]));
  writer.note(report(119_999, [{ count: 3 }]));
  writer.note(report(120_000, [{ count: 4, gate: "allowed" }]));
  await writer.flush();
  expect(written).toEqual([
    [
      { atMs: 60_000, endpoint: "203.0.113.10:5060", gate: "none", count: 5 },
      { atMs: 120_000, endpoint: "203.0.113.10:5060", gate: "allowed", count: 4 },
    ],
  ]);
});

it("keeps what the store does not take, within its bound, and writes each message once", async () => {
  let isAway = true;
  let written = 0;
  const writer = new TrafficWriter(async (passed) => {
    if (isAway) throw new Error("away");
    for (const { count } of passed) written += count;
  });
  for (let minute = 0; minute < MAX_WAITING_COUNTS + 10; minute += 1) {
    writer.note(report(minute * 60_000, [{}]));
    if (minute % 1000 === 0) await writer.flush();
  }
  expect(writer.waiting).toBe(MAX_WAITING_COUNTS);
  isAway = false;
  await writer.flush();
  await writer.flush();
  expect(written).toBe(MAX_WAITING_COUNTS);
  expect(writer.waiting).toBe(0);
});
