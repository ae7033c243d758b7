/** Runs the workers: places them, feeds them, watches them, tells them of changes, and never ends because of one. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Change } from "@sipprot/shared/change";
import type { PartHealth } from "@sipprot/shared/host";
import type { Settings } from "@sipprot/shared/settings";
import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import { LoadingWatch } from "./loading-watch.ts";
import { type Placement, placementKey } from "./placement.ts";
import type { Effect } from "./policy/decision.ts";
import { StandingGathering } from "./standing-gathering.ts";
import { feedWorker, tellChange, tellStrikes } from "./worker-feed.ts";
import type { Counters, ForeignFailure, MainToWorker, WorkerEndpoint, WorkerToMain } from "./worker-messages.ts";
import { WorkerProcess } from "./worker-process.ts";

/** What workers get to reset their TCP connections in, while the steering still carries the resets: they need a few milliseconds. */
const RELEASE_WAIT_MS = 100;
/** How long the first start waits for all workers before it lets the traffic come to those that are ready. */
const READY_WAIT_MS = 15_000;
/** How long those that are to take over may get ready: nobody waits for them. */
const COMING_WAIT_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** How long workers may take to tell who is in good standing before others take over: with 50,000 phones they need half a second. */
const STANDING_WITHIN_MS = 3_000;
const STANDING_LOOK_MS = 20;
/** How long they get to send on what had come to them; it is a matter of milliseconds. */
const DRAIN_MS = 500;
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
  /** `slot` is for telling all but this worker. */
  readonly onEffects: (slot: number, effects: readonly Effect[]) => void;
  readonly onCounters: (workerIndex: number, counters: Counters) => void;
  /** All that a worker knows of sources in good standing. */
  readonly onStanding: (workerIndex: number, standing: readonly unknown[]) => void;
  readonly onHealth: (part: Omit<PartHealth, "sinceMs">) => void;
  /** Something an operator may want to know. */
  readonly onEvent: (what: string, facts: Readonly<Record<string, unknown>>) => void;
}

type Plan = ReadonlyArray<readonly WorkerEndpoint[]>;

/** A worker with the number that tells it from all others there are at a time. */
interface Worker {
  readonly slot: number;
  readonly process: WorkerProcess;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  /** Those the traffic comes to. */
  #workers: readonly Worker[] = [];
  /** Those that are about to take over, or give way: they are told everything too. */
  #others: readonly Worker[] = [];
  #nextSlot = 0;
  /** When the workers at work were placed, in milliseconds. */
  placedAtMs = 0;
  #plan: Plan = [];
  #placementKey = "";
  #placing: Promise<void> = Promise.resolve();
  #isStopped = false;
  #trouble = "not started";
  #again: NodeJS.Timeout | undefined;
  readonly #gathering = new StandingGathering();
  /** What loads a long list keeps all processors busy for seconds; traffic must not wait for its turn meanwhile. */
  readonly #loading = new LoadingWatch((isLoading) => {
    for (const { process } of [...this.#workers, ...this.#others]) process.isFirst = isLoading;
  });

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
    return this.#workers.reduce((sum, { process }) => sum + process.restarts, 0);
  }

  /** Places the workers, or places them anew. Resolves when traffic comes to them; never rejects, health tells. */
  async place(): Promise<void> {
    this.#placing = this.#placing.then(() => this.#placeNow());
    await this.#placing;
  }

  /**
   * Places new workers that take over in the same moment, so that no message is lost; where that cannot be, as `place`.
   * Resolves when they are at work; rejects when they did not come up: then those before are still at work.
   */
  async reload(): Promise<void> {
    const turn = this.#placing.then(async () => {
      if (this.#isStopped) return;
      if (this.#trouble !== "" || !(await this.#exchange())) await this.#placeNow();
    });
    this.#placing = turn.catch(() => {});
    await turn;
  }

  /** Tells every worker, but for the one that told us. */
  tell(changes: readonly Change[], exceptSlot?: number): void {
    this.#loading.note(changes);
    for (const change of changes) {
      for (const message of tellChange(change)) this.#send(message, exceptSlot);
    }
    if (changes.some((change) => change.kind === "settings")) this.#placeWhenNeeded(this.#options.copy.settings);
  }

  tellStrikes(strikes: ReadonlyMap<string, number>): void {
    for (const message of tellStrikes(strikes)) this.#send(message);
  }

  tellAccountFailures(failures: readonly ForeignFailure[], exceptSlot?: number): void {
    this.#send({ kind: "account-failures", failures }, exceptSlot);
  }

  tellOwnNetworks(networks: readonly string[]): void {
    this.#send({ kind: "own-networks", networks });
  }

  /** Asks the workers who is in good standing; they tell by and by. */
  askStanding(): void {
    // One that hangs is asked too, but not waited for.
    this.#gathering.begin(this.#workers.filter(({ process }) => process.isAtWork).map(({ slot }) => slot));
    for (const { process } of this.#workers) process.send({ kind: "standing-export" });
  }

  /** The same, and resolves when all have told, or when it takes too long. */
  async gatherStanding(withinMs: number): Promise<void> {
    this.askStanding();
    const endMs = performance.now() + withinMs;
    while (!this.#gathering.isComplete && performance.now() < endMs) await sleep(STANDING_LOOK_MS);
  }

  /** Looks after the workers; once a second. Returns how the data path is. */
  watch(): { readonly state: "ok" | "degraded" | "failed"; readonly detail: string } {
    for (const { process } of this.#workers) process.watch();
    const ready = this.#workers.filter(({ process }) => process.isAtWork).length;
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
    this.#loading.stop();
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
      this.#workers = this.#forkAll(this.#plan);
      await this.#allReady(this.#workers, READY_WAIT_MS);
      await placement.open();
      this.#trouble = "";
      this.placedAtMs = Date.now();
      this.#options.onEvent("the workers are placed", { endpoints: this.endpoints, workers });
    } catch (error) {
      this.#trouble = (error as Error).message;
      this.#options.onEvent("the workers cannot be placed", { why: this.#trouble });
      if (!this.#isStopped) this.#again = setTimeout(() => void this.place(), PLACE_AGAIN_MS);
    }
  }

  /** False when new workers cannot stand beside those at work. */
  async #exchange(): Promise<boolean> {
    const { placement, copy, workers } = this.#options;
    const key = placementKey(copy.settings);
    const plan = await placement.planBeside(copy.settings, workers);
    if (plan === undefined) return false;
    const coming = this.#forkAll(plan);
    this.#others = coming;
    await this.#allReady(coming, COMING_WAIT_MS, () => coming.some(({ process }) => process.restarts > 0));
    if (!coming.every(({ process }) => process.isReady)) {
      const why = this.#trouble === "" ? `they were not ready within ${COMING_WAIT_MS / 1000} s` : this.#trouble;
      this.#others = [];
      this.#trouble = "";
      await Promise.all(coming.map(({ process }) => process.stop()));
      throw new Error(`the new workers did not come up, those before go on: ${why}`);
    }
    // Those before were good to many phones meanwhile: what they say is handed on as it comes.
    await this.gatherStanding(STANDING_WITHIN_MS);
    await placement.switchOver();
    const leaving = this.#workers;
    this.#workers = coming;
    this.#others = leaving;
    this.#plan = plan;
    this.#placementKey = key;
    this.placedAtMs = Date.now();
    for (const { process } of leaving) process.send({ kind: "release-connections" });
    await sleep(DRAIN_MS);
    await Promise.all(leaving.map(({ process }) => process.stop()));
    this.#others = [];
    await placement.settle();
    this.#options.onEvent("new workers took over", { endpoints: this.endpoints, workers });
    return true;
  }

  async #remove(): Promise<void> {
    this.#send({ kind: "release-connections" });
    await sleep(RELEASE_WAIT_MS);
    const { placement, onEvent } = this.#options;
    const tellTrouble = (error: Error) => onEvent("the steering cannot be taken away", { why: error.message });
    // First nothing more comes, then what has come is sent on, then the way it takes is closed: no message is lost.
    // Where that cannot be had the port is given back at once.
    await placement.drain().catch(() => placement.close().catch(tellTrouble));
    await Promise.all(this.#workers.map(({ process }) => process.stop()));
    this.#workers = [];
    await placement.close().catch(tellTrouble);
  }

  #forkAll(plan: Plan): readonly Worker[] {
    return plan.map((_, index) => this.#fork(index, plan));
  }

  #fork(index: number, plan: Plan): Worker {
    const { workerProgram, placement, onEvent } = this.#options;
    const slot = this.#nextSlot;
    this.#nextSlot += 1;
    const process = new WorkerProcess({
      index,
      program: workerProgram,
      feed: () => this.#feed(index, plan),
      onMessage: (message) => this.#hear(index, slot, message),
      onEnd: (why, restartInMs) => {
        this.#gathering.forget(slot);
        onEvent("a worker ended", { worker: index, why, restartInMs });
        // Of one that is not at work yet, or no more, nothing is to be taken away.
        if (this.#workers.some((worker) => worker.slot === slot)) placement.releaseWorker(index).catch(() => undefined);
      },
    });
    process.isFirst = this.#loading.isLoading;
    process.start();
    return { slot, process };
  }

  *#feed(workerIndex: number, plan: Plan): Generator<MainToWorker> {
    const { hostName, secret, copy, standing, ownNetworks, io } = this.#options;
    const endpoints = plan[workerIndex] ?? [];
    const { settings } = copy;
    const workers = plan.length;
    const who = { workerIndex, workers, hostName, secret };
    yield { kind: "start", ...who, endpoints, settings, ownNetworks: ownNetworks(), io };
    yield* feedWorker(copy, standing());
    yield { kind: "open" };
  }

  #hear(workerIndex: number, slot: number, message: WorkerToMain): void {
    const { onEffects, onCounters, onHealth, onEvent } = this.#options;
    switch (message.kind) {
      case "effects":
        onEffects(slot, message.effects);
        return;
      case "counters":
        onCounters(workerIndex, message.counters);
        return;
      case "standing":
        this.#takeStanding(workerIndex, slot, message);
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

  #takeStanding(workerIndex: number, slot: number, message: Extract<WorkerToMain, { kind: "standing" }>): void {
    for (const { process } of this.#others) process.send({ kind: "standing-import", standing: message.records });
    const standing = this.#gathering.take(slot, message);
    if (standing !== undefined) this.#options.onStanding(workerIndex, standing);
  }

  #tellIo({ workerIndex: worker, io, whyNotBatch }: Extract<WorkerToMain, { kind: "ready" }>): void {
    if (whyNotBatch === "") this.#options.onEvent("a worker is ready", { worker, io });
    else this.#options.onEvent("a worker is ready, without batched input and output", { worker, io, why: whyNotBatch });
  }

  #send(message: MainToWorker, exceptSlot?: number): void {
    for (const { slot, process } of [...this.#workers, ...this.#others]) if (slot !== exceptSlot) process.send(message);
  }

  async #allReady(workers: readonly Worker[], withinMs: number, isHopeless = () => false): Promise<void> {
    const endMs = performance.now() + withinMs;
    const isOver = () => performance.now() >= endMs || this.#isStopped || isHopeless();
    while (!workers.every(({ process }) => process.isReady) && !isOver()) await sleep(LOOK_EVERY_MS);
  }
}
