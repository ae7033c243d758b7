import { hostLoadSchema } from "@sipprot/shared/host";
import { expect, it } from "vitest";
import { LoadMeter } from "./load-meter.ts";
import { Tally } from "./relay/tally.ts";

const gauges = { connections: 3, receiveBufferBytes: 0, memoryBytes: 1_000_000, sources: 7 };

/** A second of one worker: `passed` messages let through in about 40 µs, and `refused` ones. */
function second(atMs: number, passed: number, refused: number) {
  const tally = new Tally();
  const lane = tally.lane("203.0.113.10:5060", "udp");
  for (let index = 0; index < passed; index += 1) lane.count("in", "pass", "none");
  for (let index = 0; index < refused; index += 1) lane.count("in", "drop", "flood");
  for (let index = 0; index < passed; index += 1) tally.addLatency(index === 0 ? 900 : 40);
  lane.countOut(200, atMs);
  return tally.take(atMs, gauges);
}

it("tells nothing before the first report", () => {
  expect(new LoadMeter(0).read(1000)).toBeUndefined();
});

it("tells messages a second of the last half minute from all workers, and how long they took", () => {
  const meter = new LoadMeter(0);
  for (let atMs = 1000; atMs <= 90_000; atMs += 1000) {
    // Much more a minute ago: it is not now any more.
    for (const worker of [0, 1]) meter.note(worker, second(atMs, atMs > 60_000 ? 100 : 400, atMs > 60_000 ? 50 : 0));
  }
  const load = hostLoadSchema.parse(meter.read(90_000));
  expect(load.messagesPerSecond).toBe(300);
  expect(load.refusedPerSecond).toBe(100);
  expect(load.medianLatencyMicroseconds).toBe(50);
  expect(load.connections).toBe(6);
  expect(load.sources).toBe(14);
  expect(load.memoryBytes).toBeGreaterThan(2_000_000);
});

it("falls to nothing when no message comes any more, and does not call a short start a quiet one", () => {
  const meter = new LoadMeter(0);
  meter.note(0, second(1000, 10, 0));
  expect(meter.read(2000)?.messagesPerSecond).toBe(5);
  expect(meter.read(60_000)).toMatchObject({ messagesPerSecond: 0, refusedPerSecond: 0 });
  expect(meter.read(60_000)?.medianLatencyMicroseconds).toBeUndefined();
});
