/** Where the PBX is: as the gate was told, and put elsewhere by an administrator's page. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isIPv6, parseAddress } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";
import type { PbxPlace, SipPlace } from "@sipprot/shared/first-run";
import { type Config, readConfig } from "../config.ts";
import { setLine } from "./config-text.ts";
import { parseEndpoint } from "./doctor/pbx-checks.ts";
import type { ProxyHealth } from "./proxy-health.ts";

/** The gate loads lists and builds the kernel's sets: some seconds at most. */
const WELL_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 250;

export interface PbxPlaceParts {
  readonly config: Config;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly askHealth: () => Promise<ProxyHealth | undefined>;
  /** Starts the gate anew, so that it reads its boot settings again. */
  readonly restartGate: () => Promise<void>;
  readonly nowMs: () => number;
}

/** Where the PBX is by the boot settings as they are in the file now, or as the gate says of itself. */
export async function findPbxPlace({ config, environment, askHealth }: PbxPlaceParts): Promise<PbxPlace> {
  const health = await askHealth();
  const path = health?.path === "transparent" || health?.path === "relay" ? health.path : "unknown";
  const isTransparent = path === "transparent" || (path === "unknown" && config.boot.mode === "transparent");
  const setting = isTransparent ? "SIPPROT_PROTECT" : "SIPPROT_PBX";
  const { pbx } = readConfig(config.configFile, environment).boot;
  return {
    path,
    places: isTransparent ? (health?.endpoints ?? []).map(parseEndpoint) : [{ address: pbx.address, port: pbx.port }],
    setting,
    isSetByEnvironment: environment[setting] !== undefined,
    configFile: config.configFile,
  };
}

/**
 * Puts the place into the configuration file and starts the gate anew. When the gate is not well with it, the file and
 * the gate are as before.
 *
 * Throws `bad-address`; `not-permitted` where the environment or the file's rights are in the way; `taken-back`.
 */
export async function choosePbxPlace(parts: PbxPlaceParts, place: SipPlace): Promise<PbxPlace> {
  const address = parseAddress(place.address);
  if (address === undefined) {
    throw new SipprotError("bad-address", "this is no IP address", {
      field: "address",
      value: place.address,
      expected: "an address such as 192.0.2.7 or 2001:db8::7",
    });
  }
  const { setting, isSetByEnvironment, configFile } = await findPbxPlace(parts);
  if (isSetByEnvironment) {
    throw new SipprotError("not-permitted", `${setting} was set in the environment, which wins over the file`, {
      field: setting,
      value: parts.environment[setting] ?? "",
      remedy: `start anew without it: unset ${setting}; npm start`,
    });
  }
  const before = existsSync(configFile) ? readFileSync(configFile, "utf8") : undefined;
  writeConfig(configFile, setLine(before ?? "", setting, formatPlace({ address, port: place.port })));
  try {
    await parts.restartGate();
    await waitUntilWell(parts);
  } catch (error) {
    if (before === undefined) rmSync(configFile, { force: true });
    else writeConfig(configFile, before);
    await parts.restartGate();
    throw new SipprotError(
      "taken-back",
      `the gate was not well with this place, and stands where it stood: ${(error as Error).message}`,
      { field: "address", value: formatPlace(place), remedy: "look for the reason with: sipprot doctor" },
      error,
    );
  }
  return findPbxPlace(parts);
}

async function waitUntilWell({ askHealth, nowMs }: PbxPlaceParts): Promise<void> {
  const giveUpAtMs = nowMs() + WELL_WITHIN_MS;
  for (;;) {
    const health = await askHealth();
    if (health?.isHealthy === true) return;
    if (nowMs() > giveUpAtMs) {
      const troubled = health?.parts.find((part) => part.state === "failed");
      throw new Error(troubled?.detail ?? `no answer within ${WELL_WITHIN_MS / 1000} s`);
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Written beside and renamed: nobody reads half of it. */
function writeConfig(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text, { mode: 0o644 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new SipprotError(
      "not-permitted",
      `the configuration file cannot be written: ${(error as Error).message}`,
      { field: "configFile", value: file, remedy: "write the setting into it by hand, and run npm start" },
      error,
    );
  }
}

function formatPlace({ address, port }: HostPort): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
