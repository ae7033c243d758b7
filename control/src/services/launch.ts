/** Starts the programs of an installation and waits until they protect; stops them and gives the port back. */
import { setTimeout as pause } from "node:timers/promises";
import { SipprotError } from "@sipprot/shared/errors";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { type Config, installationFolder } from "../config.ts";
import { readLogTail } from "./log-tail.ts";
import { ProcessManager } from "./process-manager.ts";
import { logFile, type Program } from "./programs.ts";
import { askProxyHealth, healthUrl, type ProxyHealth } from "./proxy-health.ts";
import { prepareStateFolder, prepareStore } from "./setup.ts";

/** Told of each step as it is done. */
export type Progress = (line: string) => void;

/** Redis reads its file first: some seconds for a million entries. */
const STORE_WITHIN_MS = 60_000;
/** Loading the lists and building the kernel's sets take seconds at most. */
const HEALTHY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 250;
/** A program that died so often since it was started will not stay. */
const MAX_RESTARTS = 3;

/**
 * Starts everything, or starts anew what runs. Lists, blocks and the kernel's bans stay in force meanwhile.
 *
 * Throws `store-unreachable`, `not-permitted`, `missing-program`, or `kernel-refused` with what the proxy says of itself.
 */
export async function launch(config: Config, progress: Progress): Promise<ProxyHealth> {
  const { boot, configFile } = config;
  prepareStateFolder(boot.stateFolder);
  const manager = new ProcessManager({ installationFolder, configFile, stateFolder: boot.stateFolder });
  await startStore(manager, config, progress);
  // Removed and started anew, so that no setting of the last start lingers in its environment.
  await manager.remove("sipprot-proxy");
  await manager.start("sipprot-proxy");
  progress("proxy: started, waiting until it is healthy");
  const health = await waitUntilHealthy(manager, config, progress);
  await startBeside(manager, config, "sipprot-control", "protection", progress);
  await startBeside(manager, config, "sipprot-web", "everything else", progress);
  return health;
}

/** Stops everything of ours. The proxy gives the port back to the PBX first; the kernel's bans stay. */
export async function halt({ boot, configFile }: Config, progress: Progress): Promise<void> {
  const manager = new ProcessManager({ installationFolder, configFile, stateFolder: boot.stateFolder });
  for (const name of ["sipprot-web", "sipprot-control", "sipprot-proxy", "sipprot-redis"] satisfies Program["name"][]) {
    await manager.remove(name);
    progress(`${name}: stopped`);
  }
  await manager.quit();
}

/** The gate protects without the control server, and both work without the pages: that one does not start is told, and is no error. */
async function startBeside(
  manager: ProcessManager,
  { boot }: Config,
  name: "sipprot-control" | "sipprot-web",
  whatGoesOn: string,
  progress: Progress,
): Promise<void> {
  const [, part = name] = name.split("-");
  const { address, port } = name === "sipprot-web" ? boot.web : boot.control;
  try {
    await manager.remove(name);
    await manager.start(name);
    const program = (await manager.list()).find((one) => one.name === name);
    // One that dies at once is started again and again: online at this moment means nothing.
    if (program?.status !== "online" || program.restarts > 0) throw new Error(`it is ${program?.status ?? "gone"}`);
    progress(`${part}: listens on ${address} port ${port}`);
  } catch (error) {
    const log = logFile(boot.stateFolder, name);
    const why = (error as Error).message;
    progress(`${part}: not started, ${whatGoesOn} goes on without it: ${why}; the end of ${log}:\n${readLogTail(log)}`);
  }
}

async function startStore(manager: ProcessManager, { boot }: Config, progress: Progress): Promise<void> {
  if (boot.redisUrl !== undefined) {
    await manager.remove("sipprot-redis");
  } else if (!(await manager.list()).some((one) => one.name === "sipprot-redis" && one.status === "online")) {
    await manager.remove("sipprot-redis");
    await manager.start("sipprot-redis");
    progress("redis: started");
  }
  const giveUpAtMs = Date.now() + (boot.redisUrl === undefined ? STORE_WITHIN_MS : 0);
  for (;;) {
    try {
      const redis = await openBriefConnection(boot);
      try {
        await prepareStore(redis);
        progress("redis: ready");
        return;
      } finally {
        redis.disconnect();
      }
    } catch (error) {
      if (Date.now() >= giveUpAtMs || !isPassing(error)) throw withLog(error, boot.stateFolder, boot.redisUrl);
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** A server that is not there yet, or still reads its file. */
function isPassing(error: unknown): boolean {
  if (error instanceof SipprotError) return error.code === "store-unreachable";
  return error instanceof Error && error.message.startsWith("LOADING");
}

async function waitUntilHealthy(manager: ProcessManager, { boot }: Config, progress: Progress): Promise<ProxyHealth> {
  const giveUpAtMs = Date.now() + HEALTHY_WITHIN_MS;
  const log = logFile(boot.stateFolder, "sipprot-proxy");
  let told = "";
  for (;;) {
    const health = await askProxyHealth(boot.health);
    if (health?.isHealthy === true) return health;
    const state = health === undefined ? `no answer yet from ${healthUrl(boot.health)}` : describeTroubles(health);
    if (state !== told) progress(`proxy: ${state}`);
    told = state;
    const program = (await manager.list()).find((one) => one.name === "sipprot-proxy");
    const isLost = program === undefined || program.status === "errored" || program.restarts > MAX_RESTARTS;
    if (isLost || Date.now() >= giveUpAtMs) {
      const why = isLost ? "it does not stay up" : `not healthy after ${HEALTHY_WITHIN_MS / 1000} s: ${state}`;
      throw new SipprotError("kernel-refused", `the proxy does not protect: ${why}`, {
        field: "sipprot-proxy",
        expected: `health at ${healthUrl(boot.health)}`,
        remedy: `mend what its log says and run npm start again. The end of ${log}:\n${readLogTail(log)}`,
      });
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** The parts that are not well, in one line. */
function describeTroubles(health: ProxyHealth): string {
  const troubled = health.parts.filter((part) => part.state === "failed" || part.state === "degraded");
  return troubled.length === 0
    ? "not healthy yet"
    : troubled.map((one) => `${one.part} ${one.state}: ${one.detail}`).join("; ");
}

function withLog(error: unknown, stateFolder: string, redisUrl: string | undefined): unknown {
  if (!(error instanceof SipprotError) || error.code !== "store-unreachable" || redisUrl !== undefined) return error;
  const log = logFile(stateFolder, "sipprot-redis");
  const remedy = `mend what its log says and run npm start again. The end of ${log}:\n${readLogTail(log)}`;
  return new SipprotError(error.code, error.message, { ...error.facts, remedy }, error);
}
