import type { SipEvent } from "@sipprot/shared/event";
import { expect, it } from "vitest";
import { listRecent } from "./recent-events.ts";

const event = (atMs: number, differing: Partial<SipEvent> = {}): SipEvent => ({
  kind: "refused",
  atMs,
  count: 1,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "198.51.100.7",
  country: "FR",
  gate: "scanner",
  reason: { gate: "scanner", agent: "sipcli", pattern: "sipcli" },
  proven: false,
  method: "REGISTER",
  agent: "sipcli",
  ...differing,
});
const times = (recent: ReturnType<typeof listRecent>) => recent.map(({ event: { atMs } }) => atMs);

it("lists what came live first, then the batches from the newest to the oldest, none twice", () => {
  const live = [
    { number: 1, item: event(50) },
    { number: 0, item: event(40) },
  ];
  const batches = [
    { id: "2-0", events: [event(30), event(40)] },
    { id: "1-0", events: [event(10), event(20)] },
  ];
  expect(times(listRecent(live, batches, {}, 10))).toEqual([50, 40, 30, 20, 10]);
  expect(times(listRecent(live, batches, {}, 3))).toEqual([50, 40, 30]);
});

it("puts what happened last first, though hosts write by turns", () => {
  const batches = [
    { id: "2-0", events: [event(10)] },
    { id: "1-0", events: [event(20), event(15)] },
  ];
  expect(times(listRecent([], batches, {}, 10))).toEqual([20, 15, 10]);
});

it("keeps two decisions of the same moment apart when anything else differs", () => {
  const batches = [
    { id: "1-0", events: [event(10), event(10, { source: "192.0.2.1" }), event(10, { kind: "block-began" })] },
  ];
  expect(listRecent([], batches, {}, 10)).toHaveLength(3);
});

it("narrows to a country, a gate, an endpoint, and to what is registered nowhere", () => {
  const { country: _, ...nowhere } = event(2);
  const batches = [
    { id: "1-0", events: [event(1), nowhere, event(3, { gate: "flood" }), event(4, { endpoint: "[::1]:5060" })] },
  ];
  expect(times(listRecent([], batches, { country: "" }, 10))).toEqual([2]);
  expect(times(listRecent([], batches, { country: "FR", gate: "flood" }, 10))).toEqual([3]);
  expect(times(listRecent([], batches, { endpoint: "[::1]:5060" }, 10))).toEqual([4]);
});
