/**
 * The boot settings: what the programs need to know before they can read the policy settings from Redis.
 *
 * Rule: pure; the caller gives the file's text and the environment, the environment wins.
 */
import { z } from "zod";
import { parseAddress } from "./address.ts";
import { SipprotError } from "./errors.ts";

/** A host and a port to listen on or to reach. */
export interface HostPort {
  readonly address: string;
  readonly port: number;
}

/** An address the PBX has, and the ports to protect there; no ports means those of the policy settings. */
export interface ProtectedAddress {
  readonly address: string;
  readonly ports: readonly number[];
}

export interface BootSettings {
  readonly mode: "transparent" | "relay" | "auto";
  /** Empty means every address of this host. */
  readonly protect: readonly ProtectedAddress[];
  readonly listen: readonly HostPort[];
  readonly pbx: HostPort;
  /**
   * Port of our side towards the PBX in relay mode. Must stay the same over restarts: it stands in the Path of registered
   * phones.
   */
  readonly innerPort: number;
  /** Undefined means the private one on its Unix socket. */
  readonly redisUrl: string | undefined;
  readonly control: HostPort;
  readonly web: HostPort;
  readonly tlsCertFile: string | undefined;
  readonly tlsKeyFile: string | undefined;
  /** Where the local health and metrics endpoint listens. */
  readonly health: HostPort;
  /** Absolute folder for snapshots, Redis data and generated secrets. */
  readonly stateFolder: string;
  /** Absolute file of the keys that seal secrets in the store; undefined for one of the state folder's own. */
  readonly secretsKeyFile: string | undefined;
  /** Undefined means 1 for each 2 cores. */
  readonly workers: number | undefined;
  readonly io: "batch" | "dgram" | "auto";
  /** Name of this host among those that share a Redis. */
  readonly hostName: string;
  /** How long a dangerous change of the policy settings waits for its confirmation. */
  readonly confirmSeconds: number;
}

/** What the caller knows of the machine: pure code cannot ask. */
export interface Machine {
  readonly isRoot: boolean;
  readonly workingFolder: string;
  readonly hostName: string;
}

export const bootSettingNames = [
  "SIPPROT_MODE",
  "SIPPROT_PROTECT",
  "SIPPROT_LISTEN",
  "SIPPROT_PBX",
  "SIPPROT_INNER_PORT",
  "SIPPROT_REDIS_URL",
  "SIPPROT_CONTROL",
  "SIPPROT_WEB",
  "SIPPROT_TLS_CERT",
  "SIPPROT_TLS_KEY",
  "SIPPROT_HEALTH",
  "SIPPROT_STATE",
  "SIPPROT_SECRETS_KEY",
  "SIPPROT_WORKERS",
  "SIPPROT_IO",
  "SIPPROT_HOST",
  "SIPPROT_CONFIRM_SECONDS",
] as const;
export type BootSettingName = (typeof bootSettingNames)[number];
type Name = BootSettingName;

/**
 * Reads the boot settings from the text of `sipprot.conf` (lines `NAME=value`, `#` comments, optional quotes) and the environment.
 *
 * Throws `bad-boot-setting` naming the setting, its value and what was expected; unknown SIPPROT_ names are refused too.
 */
export function readBootSettings(
  fileText: string,
  environment: Readonly<Record<string, string | undefined>>,
  machine: Machine,
): BootSettings {
  const given = new Map<string, string>();
  for (const [name, value] of parseConfigLines(fileText)) given.set(name, value);
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith("SIPPROT_") && value !== undefined) given.set(name, value);
  }
  for (const name of given.keys()) {
    if (!(bootSettingNames as readonly string[]).includes(name)) {
      throw new SipprotError("bad-boot-setting", `there is no boot setting ${name}`, {
        field: name,
        expected: bootSettingNames.join(", "),
      });
    }
  }
  const text = (name: Name, fallback: string) => given.get(name)?.trim() || fallback;
  const optional = (name: Name) => given.get(name)?.trim() || undefined;
  const absolute = (path: string) => (path.startsWith("/") ? path : `${machine.workingFolder}/${path}`);
  const secretsKey = optional("SIPPROT_SECRETS_KEY");
  const state = text("SIPPROT_STATE", machine.isRoot ? "/var/lib/sipprot" : `${machine.workingFolder}/.state`);
  return {
    mode: oneOf("SIPPROT_MODE", text("SIPPROT_MODE", "auto"), ["transparent", "relay", "auto"]),
    protect: parseProtect(text("SIPPROT_PROTECT", "")),
    listen: text("SIPPROT_LISTEN", "0.0.0.0:5060,[::]:5060")
      .split(",")
      .map((part) => parseHostPort("SIPPROT_LISTEN", part)),
    pbx: parseHostPort("SIPPROT_PBX", text("SIPPROT_PBX", "127.0.0.1:5080")),
    innerPort: parseWhole("SIPPROT_INNER_PORT", optional("SIPPROT_INNER_PORT"), 1, 65535) ?? 5090,
    redisUrl: parseRedisUrl(optional("SIPPROT_REDIS_URL")),
    control: parseHostPort("SIPPROT_CONTROL", text("SIPPROT_CONTROL", "127.0.0.1:8081")),
    web: parseHostPort("SIPPROT_WEB", text("SIPPROT_WEB", "0.0.0.0:8443")),
    tlsCertFile: optional("SIPPROT_TLS_CERT"),
    tlsKeyFile: optional("SIPPROT_TLS_KEY"),
    health: parseHostPort("SIPPROT_HEALTH", text("SIPPROT_HEALTH", "127.0.0.1:8082")),
    stateFolder: absolute(state),
    secretsKeyFile: secretsKey === undefined ? undefined : absolute(secretsKey),
    workers: parseWhole("SIPPROT_WORKERS", optional("SIPPROT_WORKERS"), 1, 64),
    io: oneOf("SIPPROT_IO", text("SIPPROT_IO", "auto"), ["batch", "dgram", "auto"]),
    hostName: text("SIPPROT_HOST", machine.hostName),
    confirmSeconds: parseWhole("SIPPROT_CONFIRM_SECONDS", optional("SIPPROT_CONFIRM_SECONDS"), 5, 600) ?? 60,
  };
}

/** The URL of the private Redis of a state folder. */
export function privateRedisSocket(stateFolder: string): string {
  return `${stateFolder}/redis/redis.sock`;
}

/** The lines of a configuration file. Throws `bad-boot-setting` for one that is not NAME=value. */
export function* parseConfigLines(fileText: string): Generator<[string, string]> {
  let lineNumber = 0;
  for (const line of fileText.split(/\r?\n/)) {
    lineNumber += 1;
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const match = /^([A-Z_]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(.*))$/.exec(trimmed);
    if (match === null) {
      throw new SipprotError("bad-boot-setting", `line ${lineNumber} of the configuration file is not NAME=value`, {
        value: trimmed.slice(0, 80),
        expected: "NAME=value, an empty line, or a comment that begins with #",
      });
    }
    yield [match[1] ?? "", match[2] ?? match[3] ?? match[4] ?? ""];
  }
}

function parseHostPort(name: Name, text: string): HostPort {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text.trim());
  const address = parseAddress(match?.[1] ?? match?.[2] ?? "");
  const port = Number(match?.[3]);
  if (address === undefined || !(port >= 1 && port <= 65535)) {
    throw bad(name, text, "ADDRESS:PORT such as 127.0.0.1:5080 or [::1]:5080");
  }
  return { address, port };
}

function parseProtect(text: string): ProtectedAddress[] {
  const byAddress = new Map<string, number[]>();
  for (const part of text.split(",")) {
    const trimmed = part.trim();
    if (trimmed === "") continue;
    const bare = parseAddress(trimmed);
    const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5})(?::(\d{1,5}))?)?$/.exec(trimmed);
    const address = bare ?? parseAddress(match?.[1] ?? match?.[2] ?? "");
    const first = Number(match?.[3] ?? Number.NaN);
    const last = Number(match?.[4] ?? first);
    const namesPorts = bare === undefined && match?.[3] !== undefined;
    const isRange = first >= 1 && last <= 65535 && first <= last && last - first < 100;
    if (address === undefined || (namesPorts && !isRange)) {
      throw bad(
        "SIPPROT_PROTECT",
        part,
        "ADDRESS, ADDRESS:PORT or ADDRESS:FIRST:LAST, IPv6 addresses in brackets, separated by commas",
      );
    }
    const ports = byAddress.get(address) ?? [];
    if (namesPorts) for (let port = first; port <= last; port += 1) if (!ports.includes(port)) ports.push(port);
    byAddress.set(address, ports);
  }
  return [...byAddress].map(([address, ports]) => ({ address, ports }));
}

function parseRedisUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const protocol = z.url().safeParse(text).success ? new URL(text).protocol : "";
  if (!["redis:", "rediss:", "unix:"].includes(protocol)) {
    throw bad(
      "SIPPROT_REDIS_URL",
      text.replace(/\/\/[^@/]*@/, "//***@"),
      "redis://HOST:PORT, rediss://HOST:PORT or unix:///PATH",
    );
  }
  return text;
}

function parseWhole(name: Name, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max)
    throw bad(name, text, `a whole number from ${min} to ${max}`);
  return number;
}

function oneOf<const Words extends readonly string[]>(name: Name, value: string, words: Words): Words[number] {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw bad(name, value, words.join(", "));
  return word;
}

function bad(name: Name, value: string, expected: string): SipprotError {
  return new SipprotError(
    "bad-boot-setting",
    `${name} cannot be ${JSON.stringify(value.slice(0, 200))}: expected ${expected}`,
    {
      field: name,
      value: value.slice(0, 200),
      expected,
    },
  );
}
