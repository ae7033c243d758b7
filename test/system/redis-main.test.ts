import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis, until } from "./redis-server.ts";

const program = fileURLToPath(new URL("../../proxy/dist/main.js", import.meta.url));
const health = "http://127.0.0.1:25481/health";
/** A second or two; on a machine that does much else at the time, more. */
const STARTS_WITHIN_MS = 60_000;
const { PATH = "" } = process.env;
let server: TestRedis;
let folder: string;
const running: ChildProcess[] = [];

beforeEach(async () => {
  if (!existsSync(program)) throw new Error("the proxy is not built: run npm run build");
  server = await startTestRedis("main");
  folder = await mkdtemp(join(tmpdir(), "sync-main-"));
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts the real main process in relay mode; `output` grows as it talks. */
function start(env: Record<string, string> = {}) {
  const child = fork(program, [], {
    // Not the test runner's own options: they would have it read the sources.
    execArgv: [],
    env: {
      PATH,
      SIPPROT_MODE: "relay",
      SIPPROT_LISTEN: "127.0.0.1:25480",
      SIPPROT_PBX: "127.0.0.1:25489",
      SIPPROT_HEALTH: "127.0.0.1:25481",
      SIPPROT_STATE: folder,
      SIPPROT_HOST: "pbx1",
      SIPPROT_REDIS_URL: `unix://${server.location.stateFolder}/redis/redis.sock`,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  running.push(child);
  const started = { child, output: "", said: [] as unknown[] };
  child.stdout?.on("data", (data: Buffer) => {
    started.output += data.toString();
  });
  child.on("message", (message) => started.said.push(message));
  return started;
}

const isUp = async () => (await fetch(health).catch(() => undefined))?.status === 200;

describe("the program of the main process", () => {
  it("says when it is ready, is healthy, and stops cleanly", async () => {
    const started = start();
    await until("ready", () => started.said.includes("ready"), STARTS_WITHIN_MS);
    expect(await isUp()).toBe(true);
    started.child.kill("SIGTERM");
    started.child.kill("SIGTERM");
    const [code] = await once(started.child, "exit");
    expect(code).toBe(0);
    expect(existsSync(join(folder, "snapshot.jsonl"))).toBe(true);
    expect(started.output).not.toContain("unexpected");
  });

  it("goes on with a damaged snapshot and without Redis, and says both", async () => {
    await server.kill();
    await writeFile(join(folder, "snapshot.jsonl"), "rubbish\n");
    start();
    await until("up", isUp, STARTS_WITHIN_MS);
    const body = await (await fetch(health)).text();
    expect(body).toContain("cannot be used");
    expect(body).toContain("there is no snapshot");
    expect(existsSync(join(folder, "snapshot.damaged.jsonl"))).toBe(true);
  });

  it("stops while it is still starting", async () => {
    await server.kill();
    const started = start();
    await until("its first words", () => started.output !== "", STARTS_WITHIN_MS);
    started.child.kill("SIGTERM");
    const [code] = await once(started.child, "exit");
    expect(code).toBe(0);
  });

  it.each([
    ["a bad setting", { SIPPROT_MODE: "magic" }, "SIPPROT_MODE"],
    ["a state folder that cannot be had", { SIPPROT_STATE: "/dev/null/state" }, "/dev/null/state"],
  ])("ends with one sentence for %s", async (_what, env, named) => {
    const started = start(env);
    const [code] = await once(started.child, "exit");
    expect(code).toBe(1);
    expect(started.output).toContain(named);
    expect(started.output.trim().split("\n")).toHaveLength(1);
  });

  it("ends when another one is running already", async () => {
    await mkdir(folder, { recursive: true });
    const other = createServer().listen(25_481, "127.0.0.1");
    await once(other, "listening");
    const started = start();
    const [code] = await once(started.child, "exit");
    other.close();
    expect(code).toBe(1);
    expect(started.output).toContain("stop the other sipprot");
  });
});
