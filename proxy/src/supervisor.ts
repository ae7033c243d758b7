/** Runs the workers: places them, feeds them, watches them, tells them of changes, and never ends because of one. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Change } from "@sipprot/shared/change";
import type { PartHealth } from "@sipprot/shared/host";
import type { Settings } from "@sipprot/shared/settings";
import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import { type Placement, placementKey } from "./placement.ts";
import type { Effect } from "./policy/decision.ts";
import { feedWorker, tellChange, tellStrikes } from "./worker-feed.ts";
import type { Counters, ForeignFailure, MainToWorker, WorkerEndpoint, WorkerToMain } from "./worker-messages.ts";
import { WorkerProcess } from "./worker-process.ts";

/** What workers get to reset their TCP connections in, while the steering still carries the resets: they need a few milliseconds. */
const RELEASE_WAIT_MS = 100;
/** How long the first start waits for all workers before it lets the traffic come to those that are ready. */
const READY_WAIT_MS = 15_000;
const LOOK_EVERY_MS = 50;
/** Pause before the workers are placed again when that failed, as when an address is not there yet at the system's start. */
const PLACE_AGAIN_MS = 10_000;

export interface SupervisorOptions {
  readonly workers: number;
  readonly workerProgram: string;
  readonly hostName: string;
  readonly secret: Uint8Array;
  readonly ownNetworks: () => readonly string[];
  readonly copy: StoreCopy;
  /** What workers knew when they were last asked. */
  readonly standing: () => readonly unknown[];
  readonly placement: Placement;
  /** How the workers take and send datagrams. */
  readonly io: "batch" | "dgram" | "auto";
  readonly onEffects: (workerIndex: number, effects: readonly Effect[]) => void;
  readonly onCounters: (workerIndex: number, counters: Counters) => void;
  readonly onStanding: (workerIndex: number, standing: unknown) => void;
  readonly onHealth: (part: Omit<PartHealth, "sinceMs">) => void;
  /** Something an operator may want to know. */
  readonly onEvent: (what: string, facts: Readonly<Record<string, unknown>>) => void;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  #workers: WorkerProcess[] = [];
  #plan: ReadonlyArray<readonly WorkerEndpoint[]> = [];
  #placementKey = "";
  #placing: Promise<void> = Promise.resolve();
  #isStopped = false;
  #trouble = "not started";
  #again: NodeJS.Timeout | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** The endpoints by name. */
  get endpoints(): string[] {
    return [...new Set(this.#plan.flat().map((one) => one.endpoint))];
  }

  /** True when something wished for could not be had at the last placing. */
  get isIncomplete(): boolean {
    return this.#options.placement.problems.length > 0;
  }

  get restarts(): number {
    return this.#workers.reduce((sum, worker) => sum + worker.restarts, 0);
  }

  /** Places the workers, or places them anew. Resolves when traffic comes to them; never rejects, health tells. */
  async place(): Promise<void> {
    this.#placing = this.#placing.then(() => this.#placeNow());
    await this.#placing;
  }

  /** Tells every worker, but for the one that told us. */
  tell(changes: readonly Change[], exceptWorker?: number): void {
    for (const change of changes) {
      for (const message of tellChange(change)) this.#send(message, exceptWorker);
    }
    if (changes.some((change) => change.kind === "settings")) this.#placeWhenNeeded(this.#options.copy.settings);
  }

  tellStrikes(strikes: ReadonlyMap<string, number>): void {
    for (const message of tellStrikes(strikes)) this.#send(message);
  }

  tellAccountFailures(failures: readonly ForeignFailure[], exceptWorker?: number): void {
    this.#send({ kind: "account-failures", failures }, exceptWorker);
  }

  tellOwnNetworks(networks: readonly string[]): void {
    this.#send({ kind: "own-networks", networks });
  }

  askStanding(): void {
    this.#send({ kind: "standing-export" });
  }

  /** Looks after the workers; once a second. Returns how the data path is. */
  watch(nowMs: number): { readonly state: "ok" | "degraded" | "failed"; readonly detail: string } {
    for (const worker of this.#workers) worker.watch(nowMs);
    const ready = this.#workers.filter((worker) => worker.isReady).length;
    const all = this.#options.workers;
    const troubles = [this.#trouble, ...this.#options.placement.problems].filter((one) => one !== "");
    const detail = [`${ready} of ${all} workers at work`, ...troubles].join("; ");
    if (ready === all && troubles.length === 0) return { state: "ok", detail };
    return { state: ready === 0 || this.#plan.length === 0 ? "failed" : "degraded", detail };
  }

  /** Takes the traffic away from the workers, then ends them. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#again);
    await this.#placing;
    await this.#remove();
  }

  #placeWhenNeeded(settings: Settings): void {
    if (this.#placementKey !== "" && placementKey(settings) !== this.#placementKey) void this.place();
  }

  async #placeNow(): Promise<void> {
    clearTimeout(this.#again);
    if (this.#isStopped) return;
    const { placement, copy, workers } = this.#options;
    try {
      await this.#remove();
      this.#placementKey = placementKey(copy.settings);
      this.#plan = await placement.plan(copy.settings, workers);
      await placement.prepare();
      this.#workers = this.#plan.map((_, index) => this.#fork(index));
      await this.#allReady();
      await placement.open();
      this.#trouble = "";
      this.#options.onEvent("the workers are placed", { endpoints: this.endpoints, workers });
    } catch (error) {
      this.#trouble = (error as Error).message;
      this.#options.onEvent("the workers cannot be placed", { why: this.#trouble });
      if (!this.#isStopped) this.#again = setTimeout(() => void this.place(), PLACE_AGAIN_MS);
    }
  }

  async #remove(): Promise<void> {
    this.#send({ kind: "release-connections" });
    await sleep(RELEASE_WAIT_MS);
    await this.#options.placement.close().catch((error: Error) => {
      this.#options.onEvent("the steering cannot be taken away", { why: error.message });
    });
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    this.#workers = [];
  }

  #fork(index: number): WorkerProcess {
    const { workerProgram, placement, onEvent } = this.#options;
    const worker = new WorkerProcess({
      index,
      program: workerProgram,
      feed: () => this.#feed(index),
      onMessage: (message) => this.#hear(index, message),
      onEnd: (why, restartInMs) => {
        onEvent("a worker ended", { worker: index, why, restartInMs });
        placement.releaseWorker(index).catch(() => undefined);
      },
    });
    worker.start();
    return worker;
  }

  *#feed(workerIndex: number): Generator<MainToWorker> {
    const { hostName, secret, copy, standing, ownNetworks, io } = this.#options;
    const endpoints = this.#plan[workerIndex] ?? [];
    const { settings } = copy;
    const workers = this.#plan.length;
    const who = { workerIndex, workers, hostName, secret };
    yield { kind: "start", ...who, endpoints, settings, ownNetworks: ownNetworks(), io };
    yield* feedWorker(copy, standing());
    yield { kind: "open" };
  }

  #hear(workerIndex: number, message: WorkerToMain): void {
    const { onEffects, onCounters, onStanding, onHealth, onEvent } = this.#options;
    switch (message.kind) {
      case "effects":
        onEffects(workerIndex, message.effects);
        return;
      case "counters":
        onCounters(workerIndex, message.counters);
        return;
      case "standing":
        onStanding(workerIndex, message.standing);
        return;
      case "health":
        onHealth(message.part);
        return;
      case "fatal":
        onEvent("a worker cannot go on", { worker: workerIndex, why: message.message });
        this.#trouble = message.message;
        return;
      case "ready":
        this.#trouble = "";
        this.#tellIo(message);
    }
  }

  #tellIo({ workerIndex: worker, io, whyNotBatch }: Extract<WorkerToMain, { kind: "ready" }>): void {
    if (whyNotBatch === "") this.#options.onEvent("a worker is ready", { worker, io });
    else this.#options.onEvent("a worker is ready, without batched input and output", { worker, io, why: whyNotBatch });
  }

  #send(message: MainToWorker, exceptWorker?: number): void {
    for (const [index, worker] of this.#workers.entries()) if (index !== exceptWorker) worker.send(message);
  }

  async #allReady(): Promise<void> {
    const endMs = Date.now() + READY_WAIT_MS;
    while (!this.#workers.every((worker) => worker.isReady) && Date.now() < endMs && !this.#isStopped) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
