/** The programs that make up an installation, as pm2 is to run them. Pure: `ecosystem.config.js` and the launcher read it. */
import type { BootSettings } from "@sipprot/shared/boot-settings";
import { privateRedisArguments } from "@sipprot/shared/private-redis";

/** One program under pm2; the names are pm2's. */
export interface Program {
  readonly name: "sipprot-redis" | "sipprot-proxy" | "sipprot-control" | "sipprot-web";
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly interpreter: string;
  readonly exec_mode: "fork";
  readonly env: Readonly<Record<string, string>>;
  /** Settings of ours that are not in `env` must not leak in from whoever started pm2. */
  readonly filter_env: readonly string[];
  readonly out_file: string;
  readonly error_file: string;
  readonly merge_logs: true;
  readonly autorestart: true;
  readonly exp_backoff_restart_delay: number;
  readonly kill_timeout: number;
  readonly treekill: boolean;
  readonly wait_ready?: true;
  readonly listen_timeout?: number;
  /** Started anew when it takes more bytes than this. */
  readonly max_memory_restart?: number;
}

/** First pause before a program that died is started again, in milliseconds; pm2 makes it longer each time. */
const RESTART_PAUSE_MS = 100;
/** Redis writes its file out on the way down; a slow disk needs a while. */
const REDIS_STOP_MS = 10_000;
/** The proxy takes its steering away and says goodbye to its workers: well under a second, unless the machine is busy. */
const PROXY_STOP_MS = 5000;
/** The control server lets open calls end, and cuts its streams. */
const CONTROL_STOP_MS = 3000;
/** How long the proxy may load lists before pm2 takes it for ready anyway. */
const PROXY_READY_MS = 30_000;
/** The control server waits for the store and listens. */
const CONTROL_READY_MS = 10_000;
/** The web server lets open requests end, and cuts live streams. */
const WEB_STOP_MS = 3000;
/** The web server makes its certificate and reads the pages. */
const WEB_READY_MS = 20_000;
/** Rendering pages takes some 150 MiB; far more is a leak, and pages are no reason to take memory from the PBX. */
const WEB_MAX_BYTES = 600 * 1024 * 1024;

export interface Installation {
  readonly boot: BootSettings;
  readonly configFile: string;
  readonly installationFolder: string;
  /** The environment whose SIPPROT_ settings the programs get. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Folder that pm2 keeps for this installation alone, so that it never meets the operator's own pm2. */
export function processManagerFolder(stateFolder: string): string {
  return `${stateFolder}/pm2`;
}

/** Where the programs write what they say. */
export function logFile(stateFolder: string, name: Program["name"]): string {
  return `${stateFolder}/logs/${name}.log`;
}

/** The programs of an installation, in the order they start. */
export function describePrograms(installation: Installation): Program[] {
  const { boot } = installation;
  const ours = [describeProxy(installation), describeControl(installation), describeWeb(installation)];
  return boot.redisUrl === undefined ? [describeRedis(installation), ...ours] : ours;
}

function describeRedis(installation: Installation): Program {
  const { stateFolder } = installation.boot;
  return {
    ...whatAllShare(stateFolder, "sipprot-redis"),
    script: "redis-server",
    args: privateRedisArguments(stateFolder),
    cwd: stateFolder,
    interpreter: "none",
    env: {},
    kill_timeout: REDIS_STOP_MS,
    treekill: true,
  };
}

function describeProxy(installation: Installation): Program {
  return {
    ...describeOurs(installation, "sipprot-proxy", "proxy"),
    kill_timeout: PROXY_STOP_MS,
    // The proxy stops its workers itself, after it has given the port back; a signal to all at once would lose packets.
    treekill: false,
    wait_ready: true,
    listen_timeout: PROXY_READY_MS,
  };
}

function describeControl(installation: Installation): Program {
  return {
    ...describeOurs(installation, "sipprot-control", "control"),
    kill_timeout: CONTROL_STOP_MS,
    treekill: true,
    wait_ready: true,
    listen_timeout: CONTROL_READY_MS,
  };
}

function describeWeb(installation: Installation): Program {
  return {
    ...describeOurs(installation, "sipprot-web", "web"),
    script: `${installation.installationFolder}/web/dist/server/main.js`,
    kill_timeout: WEB_STOP_MS,
    treekill: true,
    wait_ready: true,
    listen_timeout: WEB_READY_MS,
    max_memory_restart: WEB_MAX_BYTES,
  };
}

/** What the programs of ours have in common: how they are run, and the settings they get. */
function describeOurs(
  { boot, configFile, installationFolder, environment }: Installation,
  name: Program["name"],
  workspace: "proxy" | "control" | "web",
) {
  const settings = Object.entries(environment).filter(([one]) => one.startsWith("SIPPROT_"));
  return {
    ...whatAllShare(boot.stateFolder, name),
    script: `${installationFolder}/${workspace}/dist/main.js`,
    // They find the default file themselves, and may do without it.
    args: configFile === `${installationFolder}/conf/sipprot.conf` ? [] : ["--config", configFile],
    cwd: installationFolder,
    interpreter: process.execPath,
    env: {
      NODE_ENV: "production",
      ...Object.fromEntries(settings.map(([one, value]) => [one, value ?? ""])),
    },
  };
}

function whatAllShare(stateFolder: string, name: Program["name"]) {
  return {
    name,
    exec_mode: "fork",
    filter_env: ["SIPPROT_"],
    out_file: logFile(stateFolder, name),
    error_file: logFile(stateFolder, name),
    merge_logs: true,
    autorestart: true,
    exp_backoff_restart_delay: RESTART_PAUSE_MS,
  } as const;
}
