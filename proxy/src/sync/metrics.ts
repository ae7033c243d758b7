/** The figures for Prometheus: counts added up from the workers' reports, gauges read when asked. */
import { Counter, Gauge, Registry } from "prom-client";
import { type Counters, LATENCY_BOUNDS_MICROSECONDS } from "../worker-messages.ts";

/** Gauges by name, each with an optional label value: read anew at each scrape. */
export interface GaugeReading {
  readonly name: string;
  readonly help: string;
  readonly value: number;
  readonly label?: { readonly name: string; readonly value: string };
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #readGauges: () => readonly GaugeReading[];
  readonly #gauges = new Map<string, Gauge>();
  readonly #latencyBuckets = new Array<number>(LATENCY_BOUNDS_MICROSECONDS.length + 1).fill(0);
  #latencySumMicroseconds = 0;
  readonly #messages: Counter;
  readonly #answers: Counter;
  readonly #plain: ReadonlyMap<PlainCounter, Counter>;
  readonly #workerGauges: ReadonlyMap<WorkerGauge, Gauge>;

  constructor(readGauges: () => readonly GaugeReading[]) {
    this.#readGauges = readGauges;
    const registers = [this.#registry];
    this.#messages = new Counter({
      name: "sipprot_messages_total",
      help: "SIP messages by endpoint, transport, direction, verdict and gate",
      labelNames: ["endpoint", "transport", "direction", "verdict", "gate"],
      registers,
    });
    this.#answers = new Counter({
      name: "sipprot_pbx_answers_total",
      help: "Answers of the PBX by class",
      labelNames: ["endpoint", "class"],
      registers,
    });
    this.#plain = new Map(
      plainCounters.map(([field, name, help]) => [field, new Counter({ name, help, registers })] as const),
    );
    this.#workerGauges = new Map(
      workerGauges.map(([field, name, help]) => [field, new Gauge({ name, help, labelNames: ["worker"], registers })]),
    );
  }

  /** Adds what a worker counted since its last report. */
  add(workerIndex: number, counters: Counters): void {
    for (const { endpoint, transport, direction, verdict, gate, count } of counters.messages) {
      this.#messages.inc({ endpoint, transport, direction, verdict, gate }, count);
    }
    for (const { endpoint, statusClass, count } of counters.answers) {
      this.#answers.inc({ endpoint, class: `${statusClass}xx` }, count);
    }
    for (const [field, counter] of this.#plain) counter.inc(counters[field]);
    for (const [field, gauge] of this.#workerGauges) gauge.set({ worker: String(workerIndex) }, counters[field]);
    for (const [index, count] of counters.latencyBuckets.entries()) {
      if (index < this.#latencyBuckets.length) this.#latencyBuckets[index] = (this.#latencyBuckets[index] ?? 0) + count;
    }
    this.#latencySumMicroseconds += counters.latencySumMicroseconds;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything in the text format. */
  async text(): Promise<string> {
    for (const { name, help, value, label } of this.#readGauges())
      this.#gauge(name, help, label?.name).set(label === undefined ? {} : { [label.name]: label.value }, value);
    return `${await this.#registry.metrics()}\n${this.#latencyText()}`;
  }

  #gauge(name: string, help: string, labelName: string | undefined): Gauge {
    const known = this.#gauges.get(name);
    if (known !== undefined) return known;
    const labelNames = labelName === undefined ? [] : [labelName];
    const gauge = new Gauge({ name, help, labelNames, registers: [this.#registry] });
    this.#gauges.set(name, gauge);
    return gauge;
  }

  /** The histogram by hand: the workers count in buckets already, and prom-client takes single values only. */
  #latencyText(): string {
    const name = "sipprot_added_latency_seconds";
    const lines = [`# HELP ${name} Time from reading a message to sending it on, sampled`, `# TYPE ${name} histogram`];
    let total = 0;
    for (const [index, count] of this.#latencyBuckets.entries()) {
      total += count;
      const bound = LATENCY_BOUNDS_MICROSECONDS[index];
      lines.push(`${name}_bucket{le="${bound === undefined ? "+Inf" : bound / 1e6}"} ${total}`);
    }
    lines.push(`${name}_sum ${this.#latencySumMicroseconds / 1e6}`, `${name}_count ${total}`, "");
    return lines.join("\n");
  }
}

type PlainCounter =
  | "keepalives"
  | "receiveBufferDrops"
  | "sendErrors"
  | "guarded"
  | "connectionsOpened"
  | "connectionsShed";
const plainCounters: ReadonlyArray<readonly [PlainCounter, string, string]> = [
  ["keepalives", "sipprot_keepalives_total", "Keepalives passed"],
  ["receiveBufferDrops", "sipprot_receive_buffer_drops_total", "Datagrams the kernel dropped before they were read"],
  ["sendErrors", "sipprot_send_errors_total", "Messages that could not be sent"],
  ["guarded", "sipprot_guarded_total", "Datagrams thrown away before the policy, as with source port 0"],
  ["connectionsOpened", "sipprot_connections_opened_total", "TCP connections accepted"],
  ["connectionsShed", "sipprot_connections_shed_total", "TCP connections refused or ended by a limit"],
];

type WorkerGauge = "connections" | "receiveBufferBytes" | "memoryBytes" | "sources";
const workerGauges: ReadonlyArray<readonly [WorkerGauge, string, string]> = [
  ["connections", "sipprot_connections", "TCP connections now"],
  ["receiveBufferBytes", "sipprot_receive_buffer_bytes", "Smallest receive buffer of a UDP socket"],
  ["memoryBytes", "sipprot_worker_memory_bytes", "Resident memory of a worker"],
  ["sources", "sipprot_sources", "Sources a worker knows now"],
];
