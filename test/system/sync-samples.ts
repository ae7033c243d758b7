/** Blocks, list entries and events the tests of the store and its followers use. */
import type { Block } from "@sipprot/shared/block";
import type { SipEvent } from "@sipprot/shared/event";
import type { ListEntry } from "@sipprot/shared/lists";

export function anEntry(network: string, more: Partial<ListEntry> = {}): ListEntry {
  return { network, note: "", addedAtSeconds: 1000, addedBy: "test", ...more };
}

/** A block that began a second before `nowMs` and lasts an hour. */
export function aBlock(source: string, nowMs: number, more: Partial<Block> = {}): Block {
  return {
    source,
    gate: "guessing",
    reason: { gate: "guessing", kind: "credit", seen: 11, limit: 10, windowSeconds: 60 },
    sinceMs: nowMs - 1000,
    untilMs: nowMs + 3_600_000,
    proven: true,
    strikes: 1,
    refused: 1,
    inKernel: false,
    agent: "",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    host: "pbx1",
    evidence: [],
    ...more,
  };
}

/** One scanner's message, refused now. */
export function anEvent(source: string): SipEvent {
  return {
    kind: "refused",
    atMs: Date.now(),
    count: 1,
    host: "pbx1",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    source,
    gate: "scanner",
    reason: { gate: "scanner", agent: "sipcli/1.8", pattern: "sipcli" },
    proven: false,
    method: "REGISTER",
    agent: "sipcli/1.8",
  };
}
