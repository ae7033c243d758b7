/** The gate itself, started in the PBX's namespace with a private Redis, asked through its health endpoint and its CLI. */
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { askHealth, type HealthSaid, readMetrics } from "./health.ts";
import type { Finished, Namespace, Running } from "./namespace.ts";
import { pbxAddress, pbxAddressIPv6, recorderAddress, relayAddress } from "./network.ts";
import { PrivateRedis } from "./private-redis.ts";
import { until } from "./until.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const HEALTHY_WITHIN_MS = 60_000;
/** What is proven here can be proven for each way to take and send datagrams. */
const { SIPPROT_IO = "auto" } = process.env;
/** User and group `nobody` of Debian. */
const NOBODY = 65_534;
/** Where a process of `nobody` sees the checkout, which may lie in a folder closed to it. */
const CHECKOUT_FOR_NOBODY = "/mnt";

export interface GateOptions {
  readonly mode: "transparent" | "relay";
  /** SIPPROT_PROTECT; by default the lab's three protected addresses. */
  readonly protect?: string;
  /** Policy settings as an operator types them, set before the start. */
  readonly settings?: Readonly<Record<string, string>>;
  /** More or other boot settings. */
  readonly env?: Readonly<Record<string, string>>;
  /** Run as an ordinary user without any privilege. */
  readonly asNobody?: boolean;
}

export interface Gate {
  readonly stateFolder: string;
  /** The process now running. */
  readonly running: () => Running;
  readonly redis: PrivateRedis;
  start(): Promise<void>;
  /** Ends it politely (or with another signal). Redis goes on. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** The main process and all below it. */
  pids(): Promise<number[]>;
  /** What the health endpoint says; undefined when it does not answer. */
  health(): Promise<HealthSaid | undefined>;
  /** All metrics with labels as in the text format, by their full name. */
  metrics(): Promise<Map<string, number>>;
  /** The CLI, as the operator runs it. */
  sipprot(...args: string[]): Promise<Finished>;
  /** The CLI on another Redis, as another host would run it. */
  sipprotOn(redisUrl: string, ...args: string[]): Promise<Finished>;
  /** Starts while Redis is away: degraded is as well as it can be. */
  startWithoutRedis(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts Redis and the gate and waits until health answers well. Throws with the gate's log when it does not. */
export async function startGate(pbx: Namespace, options: GateOptions): Promise<Gate> {
  for (const program of ["proxy/dist/main.js", "control/dist/cli/main.js"]) {
    if (!existsSync(join(checkout, program))) throw new Error(`${program} is not built: run npm run build`);
  }
  const stateFolder = await mkdtemp(join(tmpdir(), "sipprotlab-gate-"));
  await chmod(stateFolder, 0o755);
  await mkdir(join(stateFolder, "redis"));
  if (options.asNobody)
    await Promise.all([stateFolder, join(stateFolder, "redis")].map((folder) => chown(folder, NOBODY, NOBODY)));
  const asUser = options.asNobody
    ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--no-new-privs"]
    : [];
  const redis = new PrivateRedis(pbx, stateFolder, asUser);
  const env = bootSettings(options, stateFolder, redis.url);
  let running: Running | undefined;
  const startAndWait = async (isWell: (health: HealthSaid) => boolean) => {
    const started = startProxy(pbx, env, asUser);
    running = started;
    try {
      await until(async () => {
        if (started.hasExited) throw new Error("it ended by itself");
        const health = await askHealth(pbx);
        return health !== undefined && isWell(health);
      }, HEALTHY_WITHIN_MS);
    } catch (error) {
      const health = await askHealth(pbx);
      await started.stop("SIGKILL");
      throw new Error(`the gate did not become healthy (${error}): ${health?.text}\n${started.output.slice(-4000)}`);
    }
  };
  const runCli = (url: string, args: readonly string[]) =>
    pbx.run(process.execPath, [join(checkout, "control/dist/cli/main.js"), ...args], {
      env: { ...env, SIPPROT_REDIS_URL: url },
      mayFail: true,
      cwd: stateFolder,
    });
  const gate: Gate = {
    stateFolder,
    redis,
    running: () => {
      if (running === undefined) throw new Error("the gate was not started");
      return running;
    },
    start: () => startAndWait((health) => health.status === 200),
    startWithoutRedis: () =>
      startAndWait((health) => health.parts.every(({ part, state }) => part === "redis" || state !== "failed")),
    stop: async (signal = "SIGTERM") => running?.stop(signal),
    pids: async () => (running === undefined || running.hasExited ? [] : familyOf(running.pid)),
    health: () => askHealth(pbx),
    metrics: () => readMetrics(pbx),
    sipprot: (...args) => runCli(redis.url, args),
    sipprotOn: (url, ...args) => runCli(url, args),
    async remove() {
      await running?.stop();
      await redis.stop();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
  try {
    await redis.start();
    await setAll(gate, options.settings ?? {});
    await gate.start();
  } catch (error) {
    await gate.remove();
    throw error;
  }
  return gate;
}

/** Sets policy settings through the CLI; throws with its words when it refuses. */
export async function setAll(gate: Gate, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const { code, stdout, stderr } = await gate.sipprot("settings", "set", name, value);
    if (code !== 0) throw new Error(`sipprot settings set ${name} ${value}: ${stderr}${stdout}`);
  }
}

function bootSettings(options: GateOptions, stateFolder: string, redisUrl: string): Record<string, string> {
  const place: Record<string, string> =
    options.mode === "relay"
      ? { SIPPROT_LISTEN: `${relayAddress}:5060`, SIPPROT_PBX: "127.0.0.1:5080" }
      : { SIPPROT_PROTECT: options.protect ?? `${pbxAddress}:5060,[${pbxAddressIPv6}]:5060,${recorderAddress}:5060` };
  return {
    SIPPROT_MODE: options.mode,
    SIPPROT_REDIS_URL: redisUrl,
    SIPPROT_STATE: stateFolder,
    SIPPROT_HOST: "lab",
    SIPPROT_IO,
    ...place,
    ...options.env,
  };
}

function startProxy(pbx: Namespace, env: Record<string, string>, asUser: readonly string[]): Running {
  if (asUser.length === 0) return pbx.start(process.execPath, [join(checkout, "proxy/dist/main.js")], { env });
  // `ip netns exec` has given the process a mount namespace of its own: what is mounted here is seen nowhere else.
  const script = `mount --bind "$0" ${CHECKOUT_FOR_NOBODY} && cd ${CHECKOUT_FOR_NOBODY} && exec "$@"`;
  const command = [...asUser, process.execPath, `${CHECKOUT_FOR_NOBODY}/proxy/dist/main.js`];
  return pbx.start("sh", ["-c", script, checkout, ...command], { env });
}

/** A process and all its descendants, the eldest first. */
async function familyOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const children = text.trim().split(/\s+/).filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(familyOf))).flat()];
}
