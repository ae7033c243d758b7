/** The worker's counters: incremented in the hot path without allocation, taken once a second. */
import { type Gate, gates } from "@sipprot/shared/reason";
import {
  type Counters,
  type Direction,
  LATENCY_BOUNDS_MICROSECONDS,
  type MessageCount,
  type RelayTransport,
} from "../worker-messages.ts";
import type { Judgement } from "./gatekeeper.ts";

const directions: readonly Direction[] = ["in", "out"];
const verdicts: readonly Judgement["verdict"][] = ["pass", "drop", "hold"];
const gateNames: readonly (Gate | "none")[] = ["none", ...gates];
const gateIndex = new Map(gateNames.map((gate, index) => [gate, index]));
const verdictIndex = { pass: 0, drop: 1, hold: 2 } as const;
const directionIndex = { in: 0, out: 1 } as const;

/** Every 16th message is timed: enough for a histogram, and the clock is asked rarely. */
const TIMED_EVERY = 16;
/** Status classes 1xx to 6xx, at their own index. */
const STATUS_CLASSES = 7;

/** The counters of one endpoint over one transport. */
export class LaneTally {
  readonly endpoint: string;
  readonly transport: RelayTransport;
  lastAnswerAtMs = 0;
  readonly #messages = new Float64Array(directions.length * verdicts.length * gateNames.length);
  readonly #answers = new Float64Array(STATUS_CLASSES);

  constructor(endpoint: string, transport: RelayTransport) {
    this.endpoint = endpoint;
    this.transport = transport;
  }

  count(direction: Direction, verdict: Judgement["verdict"], gate: Gate | "none"): void {
    const row = directionIndex[direction] * verdicts.length + verdictIndex[verdict];
    const cell = row * gateNames.length + (gateIndex.get(gate) ?? 0);
    this.#messages[cell] = (this.#messages[cell] ?? 0) + 1;
  }

  /** One message of the PBX; `status` 0 is a request. */
  countOut(status: number, atMs: number): void {
    this.count("out", "pass", "none");
    const statusClass = Math.trunc(status / 100);
    if (statusClass < 1 || statusClass >= STATUS_CLASSES) return;
    this.#answers[statusClass] = (this.#answers[statusClass] ?? 0) + 1;
    this.lastAnswerAtMs = atMs;
  }

  /** Moves what was counted into the lists and begins anew. */
  drainInto(messages: MessageCount[], answers: Counters["answers"][number][]): void {
    const { endpoint, transport } = this;
    for (const [cell, count] of this.#messages.entries()) {
      if (count === 0) continue;
      const row = Math.trunc(cell / gateNames.length);
      messages.push({
        endpoint,
        transport,
        direction: directions[Math.trunc(row / verdicts.length)] ?? "in",
        verdict: verdicts[row % verdicts.length] ?? "pass",
        gate: gateNames[cell % gateNames.length] ?? "none",
        count,
      });
    }
    for (const [statusClass, count] of this.#answers.entries())
      if (count > 0) answers.push({ endpoint, statusClass, count });
    this.#messages.fill(0);
    this.#answers.fill(0);
  }
}

/** The plain numbers that count up between two reports. */
const zeroes = {
  keepalives: 0,
  sendErrors: 0,
  guarded: 0,
  receiveBufferDrops: 0,
  connectionsOpened: 0,
  connectionsShed: 0,
};

/** What the sockets know and the tally does not, at the moment of a report. */
export type Gauges = Pick<Counters, "connections" | "receiveBufferBytes" | "memoryBytes" | "sources">;

/** All counters of one worker. */
export class Tally {
  readonly sums = { ...zeroes };
  readonly #lanes: LaneTally[] = [];
  readonly #latencyBuckets = new Array<number>(LATENCY_BOUNDS_MICROSECONDS.length + 1).fill(0);
  #latencySumMicroseconds = 0;
  #sinceTimed = 0;

  lane(endpoint: string, transport: RelayTransport): LaneTally {
    const lane = new LaneTally(endpoint, transport);
    this.#lanes.push(lane);
    return lane;
  }

  /** True for the messages that are to be timed. */
  isTimed(): boolean {
    this.#sinceTimed += 1;
    if (this.#sinceTimed < TIMED_EVERY) return false;
    this.#sinceTimed = 0;
    return true;
  }

  addLatency(microseconds: number): void {
    const found = LATENCY_BOUNDS_MICROSECONDS.findIndex((bound) => microseconds <= bound);
    const bucket = found < 0 ? LATENCY_BOUNDS_MICROSECONDS.length : found;
    this.#latencyBuckets[bucket] = (this.#latencyBuckets[bucket] ?? 0) + 1;
    this.#latencySumMicroseconds += microseconds;
  }

  /** The counters since the last call, with the gauges of now. */
  take(atMs: number, gauges: Gauges): Counters {
    const messages: MessageCount[] = [];
    const answers: Counters["answers"][number][] = [];
    const lastAnswerAtMs: Record<string, number> = {};
    for (const lane of this.#lanes) {
      lane.drainInto(messages, answers);
      if (lane.lastAnswerAtMs > (lastAnswerAtMs[lane.endpoint] ?? 0))
        lastAnswerAtMs[lane.endpoint] = lane.lastAnswerAtMs;
    }
    const report: Counters = {
      atMs,
      messages,
      answers,
      lastAnswerAtMs,
      ...this.sums,
      latencyBuckets: [...this.#latencyBuckets],
      latencySumMicroseconds: this.#latencySumMicroseconds,
      ...gauges,
    };
    Object.assign(this.sums, zeroes);
    this.#latencyBuckets.fill(0);
    this.#latencySumMicroseconds = 0;
    return report;
  }
}
