/** A program of the product as a process of the test's own: its log is kept, and it is ended by its pid. */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export const checkout = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const STARTED_WITHIN_MS = 90_000;

/** How a program is started, and how it is known to be ready. */
export interface ProgramPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly isReady: () => Promise<boolean>;
}

export class Program {
  readonly #plan: ProgramPlan;
  #process: ChildProcess | undefined;

  constructor(plan: ProgramPlan) {
    this.#plan = plan;
  }

  /** Starts it and waits until it is ready. Throws with its log when it is not. */
  async start(): Promise<void> {
    const { name, command, args, env, logFile, isReady } = this.#plan;
    const log = createWriteStream(logFile, { flags: "a" });
    const started = spawn(command, args, { cwd: checkout, env: { ...cleanEnvironment(), ...env } });
    started.stdout.pipe(log, { end: false });
    started.stderr.pipe(log, { end: false });
    this.#process = started;
    const giveUpAtMs = Date.now() + STARTED_WITHIN_MS;
    while (!(await isReady())) {
      if (started.exitCode !== null || Date.now() > giveUpAtMs) {
        await this.stop("SIGKILL");
        throw new Error(`${name} did not start:\n${(await readFile(logFile, "utf8")).slice(-3000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Ends it and waits until it is gone. Nothing happens when it does not run. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await ended;
  }
}

/** Ports nobody uses at this moment, on loopback. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** What the tests were started with, without settings of ours. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("SIPPROT_")));
}
