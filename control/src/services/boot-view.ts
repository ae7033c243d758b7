/** The boot settings as pages show them: where each comes from, and what has to be started anew for another. */
import { existsSync, readFileSync } from "node:fs";
import {
  type BootSettingName,
  type BootSettings,
  bootSettingNames,
  type HostPort,
  parseConfigLines,
} from "@sipprot/shared/boot-settings";
import type { BootView } from "@sipprot/shared/boot-view";
import { type Config, readConfig } from "../config.ts";

type Program = BootView["settings"][number]["restart"];

/** The program a setting is about; those all read need a restart of everything. */
const programs: Readonly<Record<BootSettingName, Program>> = {
  SIPPROT_MODE: "proxy",
  SIPPROT_PROTECT: "proxy",
  SIPPROT_LISTEN: "proxy",
  SIPPROT_PBX: "proxy",
  SIPPROT_INNER_PORT: "proxy",
  SIPPROT_REDIS_URL: "everything",
  SIPPROT_CONTROL: "everything",
  SIPPROT_WEB: "web",
  SIPPROT_TLS_CERT: "web",
  SIPPROT_TLS_KEY: "web",
  SIPPROT_HEALTH: "everything",
  SIPPROT_STATE: "everything",
  SIPPROT_SECRETS_KEY: "control",
  SIPPROT_WORKERS: "proxy",
  SIPPROT_IO: "proxy",
  SIPPROT_HOST: "everything",
  SIPPROT_CONFIRM_SECONDS: "control",
};

/** `config` is what this process runs with; the file may say something else by now. */
export function viewBoot(
  { boot, configFile }: Config,
  environment: Readonly<Record<string, string | undefined>>,
): BootView {
  const inFile = readNames(configFile);
  const now = describe(boot);
  const next = readNext(configFile, environment);
  return {
    configFile,
    settings: bootSettingNames.map((name) => ({
      name,
      value: now[name],
      from: environment[name] !== undefined ? "environment" : inFile.has(name) ? "file" : "default",
      isChanged: next !== undefined && next[name] !== now[name],
      restart: programs[name],
    })),
  };
}

/** As a start would read them now; undefined when it could not. */
function readNext(
  configFile: string,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<BootSettingName, string>> | undefined {
  try {
    return describe(readConfig(existsSync(configFile) ? configFile : undefined, environment).boot);
  } catch {
    return undefined;
  }
}

function readNames(configFile: string): Set<string> {
  try {
    return new Set([...parseConfigLines(readFileSync(configFile, "utf8"))].map(([name]) => name));
  } catch {
    return new Set();
  }
}

function describe(boot: BootSettings): Record<BootSettingName, string> {
  return {
    SIPPROT_MODE: boot.mode,
    SIPPROT_PROTECT: boot.protect
      .flatMap(({ address, ports }) =>
        ports.length === 0 ? [address] : ports.map((port) => formatPlace({ address, port })),
      )
      .join(", "),
    SIPPROT_LISTEN: boot.listen.map(formatPlace).join(", "),
    SIPPROT_PBX: formatPlace(boot.pbx),
    SIPPROT_INNER_PORT: String(boot.innerPort),
    SIPPROT_REDIS_URL: (boot.redisUrl ?? "").replace(/\/\/[^/]*@/, "//***@"),
    SIPPROT_CONTROL: formatPlace(boot.control),
    SIPPROT_WEB: formatPlace(boot.web),
    SIPPROT_TLS_CERT: boot.tlsCertFile ?? "",
    SIPPROT_TLS_KEY: boot.tlsKeyFile ?? "",
    SIPPROT_HEALTH: formatPlace(boot.health),
    SIPPROT_STATE: boot.stateFolder,
    SIPPROT_SECRETS_KEY: boot.secretsKeyFile ?? "",
    SIPPROT_WORKERS: String(boot.workers ?? ""),
    SIPPROT_IO: boot.io,
    SIPPROT_HOST: boot.hostName,
    SIPPROT_CONFIRM_SECONDS: String(boot.confirmSeconds),
  };
}

function formatPlace({ address, port }: HostPort): string {
  return `${bracket(address)}:${port}`;
}

function bracket(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
