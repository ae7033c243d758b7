import type { SipEvent } from "@sipprot/shared/event";
import { describe, expect, it } from "vitest";
import { tellTimeline } from "./timeline.ts";

const event = (atMs: number, change: Partial<SipEvent> = {}): SipEvent => ({
  kind: "refused",
  atMs,
  count: 2,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "192.0.2.7",
  gate: "blocked",
  reason: { gate: "blocked", untilMs: 100 + atMs, because: "guessing" },
  proven: true,
  method: "REGISTER",
  agent: "",
  ...change,
});

describe("the timeline", () => {
  it("tells alike decisions in a row once, with how many and since when", () => {
    const items = tellTimeline({
      events: [event(30), event(20), event(10, { kind: "block-began" }), event(5)],
      changes: [],
    });
    expect(items).toMatchObject([
      { kind: "event", atMs: 30, sinceMs: 20, count: 4 },
      { atMs: 10, count: 2, event: { kind: "block-began" } },
      { atMs: 5, sinceMs: 5 },
    ]);
  });

  it("puts what people did between them, where it was", () => {
    const lift = { kind: "block-lift", atMs: 15, by: "user:alice", network: "192.0.2.7" } as const;
    const items = tellTimeline({ events: [event(20), event(10)], changes: [lift] });
    expect(items.map((item) => [item.kind, item.atMs])).toEqual([
      ["event", 20],
      ["change", 15],
      ["event", 10],
    ]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(3);
  });
});
