import type { SipEvent } from "@sipprot/shared/event";
import { describe, expect, it } from "vitest";
import { withLiveRows } from "./live-rows.ts";

const event = (atMs: number): SipEvent => ({
  kind: "refused",
  atMs,
  count: 1,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "192.0.2.7",
  gate: "malformed",
  reason: { gate: "malformed", flaw: "no-via" },
  proven: false,
  method: "",
  agent: "",
});

it("puts what came in live above the log, by time, and nothing twice", () => {
  const rows = withLiveRows(
    [
      { number: 7, item: event(30) },
      { number: 6, item: event(40) },
      { number: 5, item: event(20) },
    ],
    [
      { key: "1-0:1", event: event(20) },
      { key: "1-0:0", event: event(10) },
    ],
  );
  expect(rows.map(({ key }) => key)).toEqual(["live 6", "live 7", "1-0:1", "1-0:0"]);
});

describe("without a stream", () => {
  it("is the log", () => {
    expect(withLiveRows([], [{ key: "1-0:0", event: event(10) }])).toHaveLength(1);
  });
});
