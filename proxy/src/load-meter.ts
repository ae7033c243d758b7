/** What the host has to do: the workers' reports of the last half minute, added up. */
import { availableParallelism, loadavg } from "node:os";
import type { HostLoad } from "@sipprot/shared/host";
import { type Counters, LATENCY_BOUNDS_MICROSECONDS } from "./worker-messages.ts";

/** Reports older than this say nothing about now. */
const WINDOW_MS = 30_000;
/** What the slowest bucket, which has no upper bound, is told as. */
const BEYOND_MICROSECONDS = 1_000_000;

interface Report {
  readonly atMs: number;
  readonly messages: number;
  readonly refused: number;
  readonly latencyBuckets: readonly number[];
}

export class LoadMeter {
  #reports: Report[] = [];
  readonly #lastOfWorker = new Map<number, Counters>();
  readonly #startedAtMs: number;

  constructor(nowMs: number) {
    this.#startedAtMs = nowMs;
  }

  /** Takes what a worker reports each second. */
  note(workerIndex: number, counters: Counters): void {
    this.#lastOfWorker.set(workerIndex, counters);
    let messages = 0;
    let refused = 0;
    for (const { direction, verdict, count } of counters.messages) {
      if (direction !== "in") continue;
      messages += count;
      if (verdict === "drop") refused += count;
    }
    this.#reports.push({ atMs: counters.atMs, messages, refused, latencyBuckets: counters.latencyBuckets });
    this.#reports = this.#reports.filter(({ atMs }) => atMs > counters.atMs - WINDOW_MS);
  }

  /** The load now; undefined before the first report. */
  read(nowMs: number): HostLoad | undefined {
    if (this.#lastOfWorker.size === 0) return undefined;
    const lately = this.#reports.filter(({ atMs }) => atMs > nowMs - WINDOW_MS);
    const seconds = Math.max(1, Math.min(WINDOW_MS, nowMs - this.#startedAtMs) / 1000);
    const workers = [...this.#lastOfWorker.values()];
    const median = findLatency(lately, 0.5);
    const slowest = findLatency(lately, 0.99);
    return {
      messagesPerSecond: sum(lately, (report) => report.messages) / seconds,
      refusedPerSecond: sum(lately, (report) => report.refused) / seconds,
      ...(median === undefined ? {} : { medianLatencyMicroseconds: median }),
      ...(slowest === undefined ? {} : { slowestLatencyMicroseconds: slowest }),
      connections: sum(workers, (worker) => worker.connections),
      sources: sum(workers, (worker) => worker.sources),
      memoryBytes: process.memoryUsage.rss() + sum(workers, (worker) => worker.memoryBytes),
      machineLoad: loadavg()[0] ?? 0,
      processors: availableParallelism(),
    };
  }
}

/** The bound below which this share of the timed messages stayed. */
function findLatency(reports: readonly Report[], share: number): number | undefined {
  const buckets = LATENCY_BOUNDS_MICROSECONDS.map((_, index) => sum(reports, (one) => one.latencyBuckets[index] ?? 0));
  const all = sum(reports, (report) => report.latencyBuckets.reduce((total, count) => total + count, 0));
  if (all === 0) return undefined;
  let below = 0;
  for (const [index, count] of buckets.entries()) {
    below += count;
    if (below >= all * share) return LATENCY_BOUNDS_MICROSECONDS[index] ?? BEYOND_MICROSECONDS;
  }
  return BEYOND_MICROSECONDS;
}

function sum<Item>(items: readonly Item[], read: (item: Item) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
