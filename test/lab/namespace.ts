/** One network namespace: commands run in it to their end, or kept running and stopped by their pid. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

/** How much of a program's output is kept: the end, which tells why it died. */
const MAX_OUTPUT_CHARACTERS = 400_000;
/** How long a program may take to end after a polite signal before it is killed. */
const STOP_WITHIN_MS = 5000;

/** A program that came to its end. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export class Running {
  readonly child: ChildProcess;
  #output = "";
  readonly exited: Promise<number>;
  hasExited = false;

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output = (this.#output + text).slice(-MAX_OUTPUT_CHARACTERS);
      });
    }
    this.exited = once(child, "close").then(([code]) => {
      this.hasExited = true;
      return typeof code === "number" ? code : -1;
    });
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  /** What it printed so far, both streams together, the end of it. */
  get output(): string {
    return this.#output;
  }

  /** Sends a signal to this process only. */
  signal(name: NodeJS.Signals): void {
    if (!this.hasExited) this.child.kill(name);
  }

  /** Ends it: politely, then for good. */
  async stop(name: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.hasExited) return;
    this.child.kill(name);
    const timer = setTimeout(() => this.child.kill("SIGKILL"), STOP_WITHIN_MS);
    await this.exited;
    clearTimeout(timer);
  }
}

export interface RunOptions {
  /** Text for stdin. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** How much of its output is kept, when that is to be more than the usual. */
  readonly outputCharacters?: number;
  /** When true a code other than 0 is a result and not an error. */
  readonly mayFail?: boolean;
}

/** Runs a program to its end. Throws with its output when it fails, unless that may be. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(command, [...args], spawnOptions(options));
  const { outputCharacters = MAX_OUTPUT_CHARACTERS } = options;
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout = (stdout + text).slice(-outputCharacters);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-MAX_OUTPUT_CHARACTERS);
  });
  child.stdin?.on("error", () => {});
  child.stdin?.end(options.input ?? "");
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 120_000);
  const [code] = await once(child, "close").finally(() => clearTimeout(timer));
  const finished = { code: typeof code === "number" ? code : -1, stdout, stderr };
  if (finished.code !== 0 && options.mayFail !== true) {
    throw new Error(`${command} ${args.join(" ")} ended with ${finished.code}: ${(stderr || stdout).slice(-2000)}`);
  }
  return finished;
}

function spawnOptions(options: RunOptions): SpawnOptions {
  return {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  };
}

export class Namespace {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Runs a program inside to its end. */
  run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    return run("ip", ["netns", "exec", this.name, command, ...args], options);
  }

  /** Starts a program inside; `ip netns exec` becomes the program, so the pid is its own. */
  start(command: string, args: readonly string[], options: RunOptions = {}): Running {
    return new Running(spawn("ip", ["netns", "exec", this.name, command, ...args], spawnOptions(options)));
  }

  /** Runs many `ip` commands in one process. */
  async ip(lines: readonly string[]): Promise<void> {
    await run("ip", ["-n", this.name, "-batch", "-"], { input: `${lines.join("\n")}\n` });
  }
}
