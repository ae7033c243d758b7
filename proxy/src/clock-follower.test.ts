import type { Block } from "@sipprot/shared/block";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ClockFollower } from "./clock-follower.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const log = pino({ level: "silent" });
const block = (source: string, sinceMs: number, untilMs: number): Block => ({
  source,
  gate: "denied",
  reason: { gate: "denied", network: source },
  sinceMs,
  untilMs,
  proven: true,
  strikes: 1,
  refused: 0,
  inKernel: false,
  agent: "",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  host: "pbx1",
  evidence: [],
});

// The even clock goes on by itself; only the wall's is set.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() }));
afterEach(() => void vi.useRealTimers());

it.each([
  ["back", -DAY_MS],
  ["forth", DAY_MS],
])("moves each block once when the clock is set %s, and those told by the old time meanwhile", async (_, stepMs) => {
  const blocks = new Map<string, Block>();
  const put = (one: Block) => void blocks.set(one.source, one);
  const oldNowMs = Date.now();
  const left = (source: string) => (blocks.get(source)?.untilMs ?? 0) - Date.now();
  put(block("192.0.2.1", oldNowMs - 5 * DAY_MS, oldNowMs + HOUR_MS));
  let turned = 0;
  const follower = new ClockFollower({
    hostName: "pbx1",
    log,
    blocks: () => blocks.values(),
    putBlock: put,
    reload: async () => {
      put(block("192.0.2.2", oldNowMs, oldNowMs + HOUR_MS));
      follower.look();
    },
    onTurned: () => {
      turned += 1;
    },
  });
  follower.look();
  expect(blocks.size).toBe(1);
  vi.setSystemTime(oldNowMs + stepMs);
  follower.look();
  await vi.waitFor(() => expect(turned).toBe(1));
  for (const source of ["192.0.2.1", "192.0.2.2"]) expect(Math.abs(left(source) - HOUR_MS)).toBeLessThan(5000);
});
