/** Where this installation is and what its boot settings say: read once at start. */
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type BootSettings, readBootSettings } from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";

/** Folder of the installation; both `control/src` and `control/dist` are two below it. */
export const installationFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Read when no other file is named; it need not be there. */
export const defaultConfigFile = `${installationFolder}/conf/sipprot.conf`;

export interface Config {
  readonly boot: BootSettings;
  /** Absolute path of the configuration file, whether it is there or not. */
  readonly configFile: string;
  readonly isRoot: boolean;
}

/**
 * Reads the boot settings from `--config FILE` (seen from the working folder) or the installation's `conf/sipprot.conf`,
 * and the environment.
 *
 * Throws `bad-boot-setting`; a file that was named and is not there is an error, a missing default file is not.
 */
export function readConfig(
  namedFile: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const configFile = namedFile === undefined ? defaultConfigFile : resolve(namedFile);
  const isRoot = process.getuid?.() === 0;
  const machine = { isRoot, workingFolder: installationFolder, hostName: hostname() };
  const boot = readBootSettings(readConfigText(configFile, configFile !== defaultConfigFile), environment, machine);
  return { boot, configFile, isRoot };
}

function readConfigText(file: string, mustExist: boolean): string {
  if (!mustExist && !existsSync(file)) return "";
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new SipprotError(
      "bad-boot-setting",
      `the configuration file ${file} cannot be read: ${(error as Error).message}`,
      { field: "--config", value: file, expected: "a readable file of lines NAME=value" },
      error,
    );
  }
}
