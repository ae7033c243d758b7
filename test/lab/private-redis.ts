/** A redis-server of the gate's own, on a Unix socket in its state folder, started and killed as a test wants. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Namespace, Running } from "./namespace.ts";
import { until } from "./until.ts";

export class PrivateRedis {
  readonly #pbx: Namespace;
  readonly #folder: string;
  readonly #asUser: readonly string[];
  #running: Running | undefined;

  constructor(pbx: Namespace, stateFolder: string, asUser: readonly string[]) {
    this.#pbx = pbx;
    this.#folder = join(stateFolder, "redis");
    this.#asUser = asUser;
  }

  get url(): string {
    return this.urlOf("redis.sock");
  }

  /** The URL of another socket beside the usual one. */
  urlOf(socketName: string): string {
    return `unix://${join(this.#folder, socketName)}`;
  }

  /** Starts it; under another socket name those who know only the usual one cannot reach it. */
  async start(socketName = "redis.sock"): Promise<void> {
    const socket = join(this.#folder, socketName);
    await rm(socket, { force: true });
    const args = [
      "--port",
      "0",
      "--unixsocket",
      socket,
      "--dir",
      this.#folder,
      "--appendonly",
      "yes",
      "--save",
      "",
      "--daemonize",
      "no",
    ];
    const [command = "redis-server", ...rest] = [...this.#asUser, "redis-server", ...args];
    const running = this.#pbx.start(command, rest);
    this.#running = running;
    await until(
      () => {
        if (running.hasExited) throw new Error(`redis-server ended: ${running.output}`);
        return running.output.includes("eady to accept connections");
      },
      10_000,
      "Redis",
    );
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await this.#running?.stop(signal);
    this.#running = undefined;
  }
}
