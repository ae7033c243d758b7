/** A feed of half a million lines, from a web server to the denylist and off it again, while the process does other work. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { feedSchema } from "@sipprot/shared/feed";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Feeds } from "../../control/src/services/feeds/feeds.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";

const LINES = 500_000;
/** Longest that others may wait for their turn, on a machine that does other things too: read at once it were many seconds. */
const MAX_WAIT_MS = 1000;
/** Beyond what the process has before: the text, its networks and what is written at a time. */
const MAX_MORE_BYTES = 400 * 1024 * 1024;
let store: TestRedis;
let server: Server;
let text = "";

beforeAll(async () => {
  store = await startTestRedis("feed");
  server = createServer((_, response) => void response.end(text));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.close();
  await store.close();
});

const linesFrom = (first: number) =>
  Array.from({ length: LINES }, (_, index) => {
    const at = first + index;
    return `${20 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.7`;
  }).join("\n");

it("half a million lines are denied, followed and taken off, and nobody waits", async () => {
  const redis = await store.open();
  let nowMs = Date.UTC(2026, 10, 22, 12);
  const feeds = new Feeds(redis, [], () => nowMs);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.txt`;
  await feeds.put(feedSchema.parse({ id: "large", name: "Large", url }));
  const denied = () => redis.hlen(redisKeys.list("deny"));

  const before = process.memoryUsage().rss;
  let mostBytes = 0;
  let longestWaitMs = 0;
  const watch = setInterval(() => {
    mostBytes = Math.max(mostBytes, process.memoryUsage().rss - before);
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const turn = async (what: string): Promise<void> => {
    const startedMs = performance.now();
    const used = process.cpuUsage();
    delay.reset();
    delay.enable();
    await feeds.takeTurn();
    delay.disable();
    const waitMs = delay.max / 1e6;
    longestWaitMs = Math.max(longestWaitMs, waitMs);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const busy = (process.cpuUsage(used).user / 1e6).toFixed(1);
    process.stdout.write(`${what}: ${seconds} s (${busy} s busy), others waited ${waitMs.toFixed(0)} ms at most\n`);
  };

  try {
    text = linesFrom(0);
    await turn("first copy");
    expect(await denied()).toBe(LINES);
    // The next copy has dropped a few and gained as many.
    text = linesFrom(100);
    nowMs += 24 * 3_600_000;
    await turn("next copy");
    expect(await denied()).toBe(LINES);
    expect(await redis.hexists(redisKeys.list("deny"), "20.0.0.7")).toBe(0);
    await feeds.remove("large");
    await turn("taken off");
    expect(await denied()).toBe(0);
    process.stdout.write(`memory: ${(mostBytes / 1024 / 1024).toFixed(0)} MiB more\n`);
  } finally {
    clearInterval(watch);
  }
  expect(longestWaitMs).toBeLessThan(MAX_WAIT_MS);
  expect(mostBytes).toBeLessThan(MAX_MORE_BYTES);
}, 300_000);
