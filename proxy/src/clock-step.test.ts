import type { Block } from "@sipprot/shared/block";
import { describe, expect, it } from "vitest";
import { moveBlocks } from "./clock-step.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const block = (sinceMs: number, untilMs: number, host = "pbx1"): Block => ({
  source: "192.0.2.1",
  gate: "denied",
  reason: { gate: "denied", network: "192.0.2.1" },
  sinceMs,
  untilMs,
  proven: true,
  strikes: 1,
  refused: 0,
  inKernel: false,
  agent: "",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  host,
  evidence: [],
});
const times = (blocks: Block[]) => blocks.map(({ sinceMs, untilMs }) => [sinceMs, untilMs]);

describe("blocks when the clock is set", () => {
  const nowMs = 100 * DAY_MS;

  it.each([
    ["back", -DAY_MS],
    ["forth", DAY_MS],
  ])("%s: keep what is left of them", (_, stepMs) => {
    const oldNowMs = nowMs - stepMs;
    const moved = moveBlocks([block(oldNowMs - 60_000, oldNowMs + HOUR_MS)], "pbx1", stepMs, nowMs);
    expect(times(moved)).toEqual([[nowMs - 60_000, nowMs + HOUR_MS]]);
  });

  it("stay as they are when they are over, of another host, or of a time that this clock did not show", () => {
    const oldNowMs = nowMs - DAY_MS;
    const left = [
      block(oldNowMs - HOUR_MS, oldNowMs),
      block(oldNowMs - 1, oldNowMs + HOUR_MS, "pbx2"),
      block(nowMs - 1, nowMs + HOUR_MS),
    ];
    expect(moveBlocks(left, "pbx1", DAY_MS, nowMs)).toEqual([]);
  });
});
