import { describe, expect, it } from "vitest";
import type { Counters } from "../worker-messages.ts";
import { HealthBoard } from "./health-board.ts";
import { PbxWatch, SILENT_AFTER_MS } from "./pbx-watch.ts";

const endpoint = "203.0.113.10:5060";
const counters = (atMs: number, passed: number, answeredAtMs?: number): Counters => ({
  atMs,
  messages: [{ endpoint, transport: "udp", direction: "in", verdict: "pass", gate: "none", count: passed }],
  answers: [],
  keepalives: 0,
  latencyBuckets: [],
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
  lastAnswerAtMs: answeredAtMs === undefined ? {} : { [endpoint]: answeredAtMs },
});

describe("the watch over the PBX", () => {
  it("says nothing while there is no traffic to judge by", () => {
    expect(new PbxWatch().judge(1e9).state).toBe("ok");
  });

  it("calls a PBX silent that took messages and said nothing for a transaction's time, until it answers", () => {
    const watch = new PbxWatch();
    watch.note(counters(10_000, 5));
    expect(watch.judge(10_000 + SILENT_AFTER_MS).state).toBe("ok");
    expect(watch.judge(10_001 + SILENT_AFTER_MS)).toMatchObject({ state: "degraded" });
    watch.note(counters(60_000, 1, 59_900));
    expect(watch.judge(200_000).state).toBe("ok");
  });

  it("remembers when a message last came, a refused one too, and when the PBX last answered", () => {
    const watch = new PbxWatch();
    expect(watch.seen).toEqual({ messageAtMs: 0, answerAtMs: 0 });
    const { messages, ...others } = counters(10_000, 1);
    watch.note({ ...others, messages: messages.map((one) => ({ ...one, verdict: "drop" })) });
    expect(watch.seen).toEqual({ messageAtMs: 10_000, answerAtMs: 0 });
    watch.note(counters(20_000, 1, 19_500));
    watch.note({ ...others, messages: [], atMs: 30_000 });
    expect(watch.seen).toEqual({ messageAtMs: 20_000, answerAtMs: 19_500 });
  });

  it("does not mind a few stray messages", () => {
    const watch = new PbxWatch();
    watch.note(counters(10_000, 4));
    expect(watch.judge(1e9).state).toBe("ok");
  });
});

describe("the health board", () => {
  it("is as well as its worst part, and knows since when", () => {
    let nowMs = 1;
    const turns: string[] = [];
    const board = new HealthBoard(
      (part) => turns.push(`${part.part} ${part.state}`),
      () => nowMs,
    );
    board.set("redis", "ok", "");
    board.set("kernel-bans", "off", "");
    expect(board.overall).toBe("ok");
    nowMs = 5;
    board.set("redis", "degraded", "away");
    nowMs = 6;
    board.set("redis", "degraded", "x".repeat(1000));
    expect(board.parts[0]).toMatchObject({ state: "degraded", sinceMs: 5 });
    expect(board.parts[0]?.detail.length).toBe(500);
    expect(board.overall).toBe("degraded");
    board.set("data-path", "failed", "");
    expect(board.overall).toBe("failed");
    expect(turns).toEqual(["redis ok", "kernel-bans off", "redis degraded", "data-path failed"]);
  });
});
