/** Several hosts on one Redis, each with the real proxy before a plain PBX in a namespace of its own, and the world they are reached from. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { privateRedisSocket } from "@sipprot/shared/boot-settings";
import { startTestRedis, type TestRedis } from "../system/redis-server.ts";
import { askHealth } from "./health.ts";
import { type Finished, Namespace, type Running, run } from "./namespace.ts";
import { until } from "./until.ts";

const proxyProgram = fileURLToPath(new URL("../../proxy/dist/main.js", import.meta.url));
const cliProgram = fileURLToPath(new URL("../../control/dist/cli/main.js", import.meta.url));
const pbxProgram = fileURLToPath(new URL("agent/plain-pbx.mjs", import.meta.url));
/** On a busy machine with long lists. */
const STANDS_WITHIN_MS = 90_000;

/** The network that the world's clients come from; every address of it may be used. */
export const worldAddress = (last: number) => `198.51.100.${last}`;

/** How the proxies of a site are started, beside what is always so. */
export interface SiteOptions {
  /** Words for Node before the program. */
  readonly nodeArguments?: readonly string[];
  /** The main program of the proxy; that of this checkout when absent. */
  readonly program?: string;
  /** More boot settings. */
  readonly env?: Readonly<Record<string, string>>;
}

export class Host {
  readonly name: string;
  readonly address: string;
  readonly space: Namespace;
  readonly stateFolder: string;
  readonly #redisUrl: string;
  /** Of the next start. */
  options: SiteOptions;
  #proxy: Running | undefined;
  #pbx: Running | undefined;

  constructor(
    name: string,
    address: string,
    space: Namespace,
    stateFolder: string,
    redisUrl: string,
    options: SiteOptions = {},
  ) {
    this.name = name;
    this.address = address;
    this.space = space;
    this.stateFolder = stateFolder;
    this.#redisUrl = redisUrl;
    this.options = options;
  }

  get proxy(): Running {
    if (this.#proxy === undefined) throw new Error(`the proxy of ${this.name} was not started`);
    return this.#proxy;
  }

  get pbx(): Running {
    if (this.#pbx === undefined) throw new Error(`the PBX of ${this.name} was not started`);
    return this.#pbx;
  }

  /** How many requests have come to the PBX. */
  async countRequests(): Promise<number> {
    const { pbx } = this;
    const before = pbx.output.length;
    pbx.signal("SIGUSR2");
    await until(() => pbx.output.length > before, 5000, `the count of the PBX of ${this.name}`);
    return Number(/requests (\d+)\n$/.exec(pbx.output)?.[1]);
  }

  /** Starts the PBX if need be, and the proxy; resolves when the gate stands. */
  async start(): Promise<void> {
    if (this.#pbx === undefined) {
      const pbx = this.space.start(process.execPath, [pbxProgram, this.address, "5060"]);
      this.#pbx = pbx;
      await until(() => pbx.output.includes("ready"), STANDS_WITHIN_MS, `the PBX of ${this.name}`);
    }
    const env = this.#environment;
    const { nodeArguments = [], program = proxyProgram } = this.options;
    const proxy = this.space.start(process.execPath, [...nodeArguments, program], { env });
    this.#proxy = proxy;
    const stands = () => {
      if (proxy.hasExited) throw new Error(`the proxy of ${this.name} ended: ${proxy.output.slice(-2000)}`);
      return proxy.output.includes("the gate stands");
    };
    await until(stands, STANDS_WITHIN_MS, `the gate of ${this.name}`).catch((error) => {
      throw new Error(`${error}: ${proxy.output.slice(-3000)}`);
    });
  }

  get #environment(): Record<string, string> {
    return {
      SIPPROT_MODE: "transparent",
      SIPPROT_PROTECT: `${this.address}:5060`,
      SIPPROT_REDIS_URL: this.#redisUrl,
      SIPPROT_STATE: this.stateFolder,
      SIPPROT_HOST: this.name,
      SIPPROT_WORKERS: "1",
      ...this.options.env,
    };
  }

  /** What the health endpoint says; undefined when it does not answer. */
  health(): ReturnType<typeof askHealth> {
    return askHealth(this.space);
  }

  /** How one part is, as health tells it: `ok`, or its state with the sentence; "no answer" when there is none. */
  async tellPart(part: string): Promise<string> {
    const health = await this.health();
    if (health === undefined) return "no answer";
    const found = health.parts.find((one) => one.part === part);
    return found?.state === "ok" ? "ok" : `${found?.state}: ${found?.detail}`;
  }

  /** The command line, as the operator of this host runs it. */
  sipprot(...args: string[]): Promise<Finished> {
    return this.space.run(process.execPath, [cliProgram, ...args], {
      env: this.#environment,
      mayFail: true,
      cwd: this.stateFolder,
    });
  }

  /** The workers' pids. */
  async workers(): Promise<number[]> {
    const { pid } = this.proxy;
    const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
    const children = text.trim().split(/\s+/).filter(Boolean).map(Number);
    const commands = await Promise.all(
      children.map((child) => readFile(`/proc/${child}/cmdline`, "utf8").catch(() => "")),
    );
    return children.filter((_, index) => commands[index]?.includes("worker.js"));
  }

  /** Asks the proxy to reload; resolves when new workers have taken over. */
  async reload(): Promise<void> {
    const { proxy } = this;
    const countReloads = () => proxy.output.split("new workers took over").length;
    const before = countReloads();
    proxy.signal("SIGHUP");
    await until(() => countReloads() > before, STANDS_WITHIN_MS, `the reload of ${this.name}`).catch((error) => {
      throw new Error(`${error}: ${proxy.output.slice(-3000)}`);
    });
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.#proxy?.signal("SIGCONT");
    await this.#proxy?.stop(signal);
  }

  async remove(): Promise<void> {
    await this.stop("SIGKILL");
    await this.#pbx?.stop("SIGKILL");
    await rm(this.stateFolder, { recursive: true, force: true });
  }
}

export interface Site {
  readonly world: Namespace;
  readonly hosts: readonly Host[];
  readonly redis: TestRedis;
  remove(): Promise<void>;
}

/** Builds the namespaces, Redis and the hosts; every gate stands when it resolves. */
export async function buildSite(hostCount: number, options: SiteOptions = {}): Promise<Site> {
  const redis = await startTestRedis("site");
  const id = `sipprotsite-${process.pid}`;
  const world = new Namespace(`${id}-world`);
  const spaces = [world];
  const hosts: Host[] = [];
  const remove = async () => {
    await Promise.allSettled(hosts.map((host) => host.remove()));
    await redis.close();
    for (const space of spaces) await run("ip", ["netns", "delete", space.name], { mayFail: true });
  };
  try {
    await run("ip", ["netns", "add", world.name]);
    await world.ip(["link set lo up", `route add local ${worldAddress(0)}/24 dev lo`]);
    await world.run("sysctl", ["-q", "-w", "net.ipv4.ip_nonlocal_bind=1"]);
    for (let number = 1; number <= hostCount; number += 1) {
      const space = new Namespace(`${id}-host${number}`);
      spaces.push(space);
      await run("ip", ["netns", "add", space.name]);
      await world.ip([
        `link add host${number} type veth peer name eth0 netns ${space.name}`,
        `addr add 203.0.${number}.1/24 dev host${number}`,
        `link set host${number} up`,
      ]);
      await space.ip([
        "link set lo up",
        `addr add 203.0.${number}.10/24 dev eth0`,
        "link set eth0 up",
        `route add default via 203.0.${number}.1`,
      ]);
      const stateFolder = await mkdtemp(join(tmpdir(), `sipprotsite-host${number}-`));
      const redisUrl = `unix://${privateRedisSocket(redis.location.stateFolder)}`;
      hosts.push(new Host(`host${number}`, `203.0.${number}.10`, space, stateFolder, redisUrl, options));
    }
    await Promise.all(hosts.map((host) => host.start()));
  } catch (error) {
    await remove();
    throw error;
  }
  return { world, hosts, redis, remove };
}
