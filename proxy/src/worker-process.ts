/** One worker as main sees it: forked, fed in order, watched, and started again with patience when it ends. */
import { type ChildProcess, fork } from "node:child_process";
import { putAhead, putFirst } from "./precedence.ts";
import type { MainToWorker, WorkerToMain } from "./worker-messages.ts";

/** First and longest pause before a worker that ended is started again. */
const MIN_RESTART_MS = 100;
const MAX_RESTART_MS = 10_000;
/** A worker that ran this long was well: the next pause is the first again. */
const WELL_AFTER_MS = 60_000;
/** Reports come each second; one that is silent for so long is told of … */
const SILENT_AFTER_MS = 4000;
/** … and for so long, it hangs and is killed. */
const HUNG_AFTER_MS = 10_000;
/** Main looks each second; when it did not for so long, it is main that was away. */
const MAIN_AWAY_MS = 3000;
/** Messages that wait for a worker; more means that it takes none: killed, and fed anew. */
const MAX_WAITING = 20_000;
/** How long a worker may take to stop. */
const STOP_WAIT_MS = 3000;

export interface WorkerOptions {
  readonly index: number;
  /** The program to fork. */
  readonly program: string;
  /** What it is told at each start, `start` first and `open` last. Read lazily, so changes meanwhile are in it or come after it. */
  readonly feed: () => Iterable<MainToWorker>;
  readonly onMessage: (message: WorkerToMain) => void;
  /** It is no longer there; it will be started again after `restartInMs`. */
  readonly onEnd: (why: string, restartInMs: number) => void;
}

/**
 * The reader is many small functions; by default V8 stops putting them into each other before the reader is done. With room
 * for all of them it reads about 8 % more messages (test/bench/reader.bench.mjs).
 *
 * Left alone V8 lets garbage grow as it sees fit: an attacker who keeps the tables full had a worker of 150 MB alive take 380 to
 * 510 MB. Half as much again is enough (test/soak/tables.mjs).
 *
 * A connection outlives the collection of young objects, and what outlives it is copied: with V8's 8 MB of young objects that
 * is a pause of 20 to 55 ms while thousands connect, with 1 MB of 5 ms at most (test/bench/crowd.bench.mjs).
 */
export const WORKER_FLAGS = [
  "--max-inlined-bytecode-size-cumulative=3000",
  "--max-inlined-bytecode-size=1000",
  "--heap-growing-percent=50",
  "--max-semi-space-size=1",
];

export class WorkerProcess {
  readonly #options: WorkerOptions;
  #child: ChildProcess | undefined;
  #waiting: Array<Iterator<MainToWorker> | MainToWorker> = [];
  #isPumping = false;
  #isStopping = false;
  #isFirst = false;
  #startedAtMs = 0;
  #heardAtMs = 0;
  #watchedAtMs = 0;
  #restartMs = MIN_RESTART_MS;
  #timer: NodeJS.Timeout | undefined;
  #lastWords = "";
  /** True from `ready` until it ends. */
  isReady = false;
  restarts = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#startedAtMs = this.#heardAtMs = performance.now();
    this.#lastWords = "";
    // Nothing of our environment but what a program needs to run: the store's password is none of its business.
    const { PATH = "", TZ = "UTC" } = process.env;
    const child = fork(this.#options.program, [], {
      serialization: "advanced",
      execArgv: [...process.execArgv, ...WORKER_FLAGS],
      env: { PATH, TZ, NODE_ENV: "production" },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    child.on("message", (message: WorkerToMain) => this.#hear(message));
    child.on("error", (error) => this.#end(child, error.message));
    child.on("exit", (code, signal) => this.#end(child, signal ?? `code ${code}`));
    this.#waiting = [this.#options.feed()[Symbol.iterator]()];
    void this.#pump(child);
  }

  /** Sends after everything sent before. While the worker is away nothing is kept: its next feed has it. */
  send(message: MainToWorker): void {
    const child = this.#child;
    if (child === undefined) return;
    this.#waiting.push(message);
    if (this.#waiting.length > MAX_WAITING) child.kill("SIGKILL");
    else void this.#pump(child);
  }

  /** Before everything on the machine, or again only before main; kept over its restarts. */
  set isFirst(isFirst: boolean) {
    if (isFirst === this.#isFirst) return;
    this.#isFirst = isFirst;
    const pid = this.#child?.pid;
    if (this.isReady && pid !== undefined) putFirst(pid, isFirst);
  }

  /** True while it is at work: ready, and heard of lately. */
  get isAtWork(): boolean {
    return this.isReady && performance.now() - this.#heardAtMs <= SILENT_AFTER_MS;
  }

  /** Looks whether it still reports, and kills it when not. To be called each second. */
  watch(): void {
    const nowMs = performance.now();
    // Main itself was held up: what the worker said meanwhile is still to be read.
    if (nowMs - this.#watchedAtMs > MAIN_AWAY_MS) this.#heardAtMs = nowMs;
    this.#watchedAtMs = nowMs;
    if (this.isReady && nowMs - this.#heardAtMs > HUNG_AFTER_MS) this.#child?.kill("SIGKILL");
  }

  /** Stops it for good and waits until it has ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    this.send({ kind: "stop" });
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WAIT_MS);
    await ended;
    clearTimeout(timer);
  }

  #takePlace(): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    if (this.#isFirst) putFirst(pid, true);
    else putAhead(pid);
  }

  #hear(message: WorkerToMain): void {
    this.#heardAtMs = performance.now();
    if (message.kind === "ready") {
      this.isReady = true;
      // Not before: one that is only starting must not hold up those at work.
      this.#takePlace();
    }
    if (message.kind === "fatal") this.#lastWords = message.message;
    this.#options.onMessage(message);
  }

  #end(child: ChildProcess, why: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.isReady = false;
    this.#waiting = [];
    if (this.#isStopping) return;
    if (performance.now() - this.#startedAtMs > WELL_AFTER_MS) this.#restartMs = MIN_RESTART_MS;
    const restartInMs = this.#restartMs;
    this.#restartMs = Math.min(MAX_RESTART_MS, 2 * this.#restartMs);
    this.restarts += 1;
    this.#options.onEnd(this.#lastWords === "" ? why : this.#lastWords, restartInMs);
    this.#timer = setTimeout(() => this.start(), restartInMs);
  }

  /** One message after the other, each when the one before is in the channel: a feed of half a million networks must not stop main. */
  async #pump(child: ChildProcess): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#child === child) {
        const message = this.#next();
        if (message === undefined) return;
        await new Promise<void>((resolve) => child.send(message, () => resolve()));
      }
    } finally {
      this.#isPumping = false;
      // Another child may have come while this one's last message was on its way.
      if (this.#child !== undefined && this.#child !== child) void this.#pump(this.#child);
    }
  }

  #next(): MainToWorker | undefined {
    while (this.#waiting.length > 0) {
      const first = this.#waiting[0];
      if (first === undefined) return undefined;
      if ("kind" in first) {
        this.#waiting.shift();
        return first;
      }
      const { value, done } = first.next();
      if (done !== true) return value;
      this.#waiting.shift();
    }
    return undefined;
  }
}
