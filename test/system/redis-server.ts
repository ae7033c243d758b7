/** A real redis-server of the test's own: private arguments, a Unix socket in a temporary folder, killed at the end. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { privateRedisArguments, privateRedisFolder } from "@sipprot/shared/private-redis";
import { openBriefConnection, type StoreLocation } from "@sipprot/shared/store/redis-connection";
import type { Redis } from "ioredis";

export interface TestRedis {
  readonly location: StoreLocation;
  /** A connection for the test itself; closed with the server. */
  open(): Promise<Redis>;
  start(): Promise<void>;
  /** Ends the server as a crash would. */
  kill(): Promise<void>;
  /** Sends it a signal, as to hang it. */
  signal(name: NodeJS.Signals): void;
  /** Takes its data away; only while it is not running. */
  loseData(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a state folder and starts a server in it. */
export async function startTestRedis(name: string): Promise<TestRedis> {
  const stateFolder = await mkdtemp(join(tmpdir(), `sync-${name}-`));
  const folder = privateRedisFolder(stateFolder);
  const connections: Redis[] = [];
  let server: ChildProcess | undefined;
  const test: TestRedis = {
    location: { redisUrl: undefined, stateFolder },
    async open() {
      const redis = await openBriefConnection(test.location);
      redis.on("error", () => undefined);
      connections.push(redis);
      return redis;
    },
    async start() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      server = spawn("redis-server", privateRedisArguments(stateFolder), { stdio: "ignore" });
      await answering(join(folder, "redis.sock"));
    },
    async kill() {
      const running = server;
      server = undefined;
      if (running === undefined || running.exitCode !== null) return;
      const ended = new Promise((resolve) => running.once("exit", resolve));
      running.kill("SIGKILL");
      await ended;
      await rm(join(folder, "redis.sock"), { force: true });
    },
    signal(name) {
      server?.kill(name);
    },
    async loseData() {
      await rm(folder, { recursive: true, force: true });
    },
    async close() {
      for (const connection of connections) connection.disconnect();
      await test.kill();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
  await test.start();
  return test;
}

/** Waits until what is asked holds; fails with `what` when it does not within the time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, maxMs = 5000): Promise<void> {
  const endMs = Date.now() + maxMs;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error(`not within ${maxMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Long enough for a million events to be read back on a busy machine. */
const ANSWERS_WITHIN_MS = 60_000;

async function answering(socketPath: string): Promise<void> {
  const ping = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(socketPath, () => socket.write("PING\r\n"));
      socket.on("data", (data) => {
        socket.destroy();
        resolve(data.toString().startsWith("+PONG"));
      });
      socket.on("error", () => resolve(false));
    });
  await until("redis-server answers", ping, ANSWERS_WITHIN_MS);
}
