/** The control server as the process manager starts it: what it does to a store of an earlier version, and to its state folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { privateRedisFolder } from "@sipprot/shared/private-redis";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis, until } from "./redis-server.ts";

const program = fileURLToPath(new URL("../../control/dist/main.js", import.meta.url));
const SECRET = "a secret that lay in clear";
let store: TestRedis;
let control: ChildProcess | undefined;

beforeAll(async () => {
  store = await startTestRedis("control-start");
});
afterEach(async () => {
  if (control === undefined || control.exitCode !== null) return;
  const ended = new Promise((resolve) => control?.once("exit", resolve));
  control.kill("SIGTERM");
  await ended;
});
afterAll(async () => {
  await store.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Starts the server and returns where it listens. */
async function startControl(): Promise<number> {
  const port = await freePort();
  const env = { ...process.env, SIPPROT_STATE: store.location.stateFolder, SIPPROT_CONTROL: `127.0.0.1:${port}` };
  const started = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "inherit"] });
  control = started;
  let said = "";
  started.stdout.on("data", (bytes: Buffer) => {
    said += bytes.toString();
  });
  await until("the control server listens", () => said.includes("listens"), 30_000);
  return port;
}

/** All that Redis has on disk. */
async function filesOfRedis(): Promise<string> {
  const folder = privateRedisFolder(store.location.stateFolder);
  const names = await readdir(folder, { recursive: true });
  const contents = names.map((name) => readFile(join(folder, name), "latin1").catch(() => ""));
  return (await Promise.all(contents)).join("");
}

describe("the control server", () => {
  it("seals what an earlier version stored in clear, and has it off the disk too", async () => {
    const redis = await store.open();
    await redis.hset(redisKeys.notificationSecrets, "smtpPassword", SECRET);
    await until("it is on the disk", async () => (await filesOfRedis()).includes(SECRET));
    await startControl();
    expect(await redis.hget(redisKeys.notificationSecrets, "smtpPassword")).toMatch(/^sealed:1:/);
    await until("it is off the disk", async () => !(await filesOfRedis()).includes(SECRET), 10_000);
  });

  it("makes its keys for their owner only, and believes the web server that has the key", async () => {
    const port = await startControl();
    const { stateFolder } = store.location;
    for (const name of ["web.key", "secrets.key"]) {
      expect((await stat(join(stateFolder, name))).mode & 0o777).toBe(0o600);
    }
    const ask = (key: string) =>
      fetch(`http://127.0.0.1:${port}/api/trpc/auth.me`, { headers: { "x-sipprot-web": key } });
    expect((await ask((await readFile(join(stateFolder, "web.key"), "utf8")).trim())).status).toBe(401);
    expect((await ask("another")).status).toBe(403);
  });
});
