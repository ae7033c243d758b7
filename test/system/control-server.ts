/** The built control server in a process of its own, on a private Redis, with tokens made as an operator makes them. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Role } from "@sipprot/shared/role";
import type { Redis } from "ioredis";
import { startTestRedis } from "./redis-server.ts";

const control = fileURLToPath(new URL("../../control/", import.meta.url));
const MAX_TRIES = 20;
/** Tried one after the other where one is taken: port 0 cannot be asked for. */
let nextPort = 20_000 + (process.pid % 20_000);

export interface TestControl {
  readonly url: string;
  readonly port: number;
  /** A connection for the test itself. */
  readonly redis: Redis;
  /** Makes a token with `sipprot token create`. Returns its secret. */
  token(role: Role): Promise<string>;
  /** Ends the server as a crash would, and starts it again on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a store and a server that listens on loopback. */
export async function startTestControl(name: string): Promise<TestControl> {
  const store = await startTestRedis(name);
  const redis = await store.open();
  let port = nextPort;
  let server = launch(store.location.stateFolder, port);
  for (let tries = 1; !(await isListening(server)); tries += 1) {
    if (tries === MAX_TRIES) throw new Error("the control server does not start; was it built?");
    port = ++nextPort;
    server = launch(store.location.stateFolder, port);
  }
  nextPort += 1;
  const stop = async () => {
    const ended = once(server, "exit");
    if (server.kill("SIGKILL")) await ended;
  };
  let tokens = 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    redis,
    async token(role) {
      const args = ["token", "create", `test ${tokens++}`, "--role", role, "--json"];
      const env = { ...process.env, SIPPROT_STATE: store.location.stateFolder };
      const { stdout } = await promisify(execFile)(`${control}bin/sipprot`, args, { env });
      return JSON.parse(stdout).secret;
    },
    async restart() {
      await stop();
      server = launch(store.location.stateFolder, port);
      if (!(await isListening(server))) throw new Error(`nothing listens on port ${port} any more`);
    },
    async close() {
      await stop();
      await store.close();
    },
  };
}

function launch(stateFolder: string, port: number): ChildProcess {
  const env = { ...process.env, SIPPROT_STATE: stateFolder, SIPPROT_CONTROL: `127.0.0.1:${port}` };
  return spawn(process.execPath, [`${control}dist/main.js`], { env, stdio: ["ignore", "pipe", "inherit"] });
}

/** False when it ended before it listened: its port is taken. */
async function isListening(server: ChildProcess): Promise<boolean> {
  if (server.stdout === null) return false;
  for await (const line of createInterface({ input: server.stdout })) {
    if (!line.includes("the control server listens")) continue;
    server.stdout.resume();
    return true;
  }
  return false;
}
