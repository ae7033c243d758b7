/** What the proxy is to do, from the command line, the configuration file, the environment and the machine it runs on. */
import { accessSync, constants, readFileSync } from "node:fs";
import { availableParallelism, hostname, networkInterfaces } from "node:os";
import { join, resolve } from "node:path";
import { parseAddress } from "@sipprot/shared/address";
import {
  type BootSettings,
  type HostPort,
  type ProtectedAddress,
  readBootSettings,
} from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";

/** Where the boot settings are when nothing else is said, below the working folder. */
export const DEFAULT_CONFIG_FILE = "conf/sipprot.conf";
/** One worker for this many cores: the PBX wants the others. */
const CORES_A_WORKER = 2;
/** Bit of CAP_NET_ADMIN in the capability masks of Linux (capability.h). */
const CAP_NET_ADMIN_BIT = 12n;

export interface ProxyConfig {
  readonly boot: BootSettings;
  readonly path: "transparent" | "relay";
  /** Why this path, when it was ours to choose. */
  readonly pathReason: string;
  readonly workers: number;
  readonly version: string;
  readonly isVerbose: boolean;
}

/**
 * Reads `--config FILE` and `--debug`, the file, and SIPPROT_ variables.
 *
 * Throws `bad-boot-setting` naming what is wrong: a named file that is not there, an unknown option, a bad value.
 */
export function readConfig(argv: readonly string[], environment: NodeJS.ProcessEnv): ProxyConfig {
  const { file, isVerbose } = readOptions(argv);
  const boot = readBootSettings(readConfigFile(file), environment, {
    isRoot: process.getuid?.() === 0,
    workingFolder: process.cwd(),
    hostName: hostname(),
  });
  const lacking = whatTransparentLacks();
  if (boot.mode === "transparent" && lacking !== undefined) {
    throw new SipprotError("bad-boot-setting", `the transparent mode cannot be had here: ${lacking}`, {
      field: "SIPPROT_MODE",
      value: boot.mode,
      expected: "Linux, root or CAP_NET_ADMIN, and the program nft",
      remedy: "start as root with nftables installed, or set SIPPROT_MODE=relay",
    });
  }
  const path = boot.mode === "auto" ? (lacking === undefined ? "transparent" : "relay") : boot.mode;
  return {
    boot,
    path,
    pathReason: boot.mode === "auto" && lacking !== undefined ? lacking : "",
    // Sockets of several processes cannot share a listening port here; in transparent mode each worker has its own ports.
    workers: path === "relay" ? 1 : (boot.workers ?? Math.max(1, Math.floor(availableParallelism() / CORES_A_WORKER))),
    version: readVersion(),
    isVerbose,
  };
}

/** Every address of this host, loopback too: what must never be refused or denied. */
export function listOwnAddresses(): string[] {
  return listInterfaceAddresses(() => true);
}

/** What is protected: as set, or every address of this host that others can reach (not loopback, not link-local). */
export function listProtected(boot: BootSettings): readonly ProtectedAddress[] {
  if (boot.protect.length > 0) return boot.protect;
  const reachable = listInterfaceAddresses((address, isInternal) => !isInternal && !isLinkLocal(address));
  return reachable.map((address) => ({ address, ports: [] }));
}

/** Names of the boot settings that differ. */
export function listChanged(before: BootSettings, after: BootSettings): string[] {
  const now: Readonly<Record<string, unknown>> = { ...after };
  return Object.entries(before).flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(now[name]) ? [] : [name],
  );
}

/** Where to listen in relay mode; `[::]` is left out on a host without IPv6. */
export function listListening(boot: BootSettings): readonly HostPort[] {
  const hasIPv6 = listOwnAddresses().some((address) => address.includes(":"));
  return boot.listen.filter(({ address }) => address !== "::" || hasIPv6);
}

/** Ports of the policy settings (`5060`, `5060:5062`) one by one. The settings' schema has checked them. */
export function expandPorts(ranges: readonly string[]): number[] {
  const ports = new Set<number>();
  for (const range of ranges) {
    const [first = 0, last = first] = range.split(":").map(Number);
    for (let port = first; port <= last; port += 1) ports.add(port);
  }
  return [...ports];
}

function readOptions(argv: readonly string[]): { file: string | undefined; isVerbose: boolean } {
  let file: string | undefined;
  let isVerbose = false;
  for (let index = 0; index < argv.length; index += 1) {
    const option = argv[index] ?? "";
    if (option === "--debug") isVerbose = true;
    else if (option === "--config" && argv[index + 1] !== undefined) file = argv[++index];
    else if (option.startsWith("--config=")) file = option.slice("--config=".length);
    else {
      throw new SipprotError("bad-boot-setting", `the proxy knows no option ${JSON.stringify(option)}`, {
        field: option,
        expected: "--config FILE, --debug",
      });
    }
  }
  return { file, isVerbose };
}

function readConfigFile(file: string | undefined): string {
  try {
    return readFileSync(resolve(file ?? DEFAULT_CONFIG_FILE), "utf8");
  } catch (error) {
    if (file === undefined && (error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new SipprotError("bad-boot-setting", `the configuration file cannot be read: ${(error as Error).message}`, {
      field: "--config",
      value: file ?? DEFAULT_CONFIG_FILE,
      expected: "a file with lines NAME=value",
    });
  }
}

function whatTransparentLacks(): string | undefined {
  if (process.platform !== "linux") return "it needs Linux";
  const status = readFileSync("/proc/self/status", "utf8");
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
  if (((effective >> CAP_NET_ADMIN_BIT) & 1n) === 0n) return "it needs root or CAP_NET_ADMIN";
  const { PATH = "" } = process.env;
  const folders = [...PATH.split(":"), "/usr/sbin", "/sbin"].filter((folder) => folder !== "");
  if (!folders.some((folder) => isExecutable(join(folder, "nft")))) return "the program nft is not installed";
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function listInterfaceAddresses(isWanted: (address: string, isInternal: boolean) => boolean): string[] {
  const addresses = new Set<string>();
  for (const one of Object.values(networkInterfaces()).flatMap((list) => list ?? [])) {
    const address = parseAddress(one.address);
    if (address !== undefined && isWanted(address, one.internal)) addresses.add(address);
  }
  return [...addresses];
}

function isLinkLocal(address: string): boolean {
  return address.startsWith("169.254.") || /^fe[89ab]/.test(address);
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isManifest ? String(manifest.version) : "unknown";
}
