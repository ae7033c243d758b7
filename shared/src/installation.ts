/** Where an installation is and what its boot settings say: read once at the start of each program of it. */
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { type BootSettings, readBootSettings } from "./boot-settings.ts";
import { SipprotError } from "./errors.ts";

export interface Config {
  readonly boot: BootSettings;
  /** Absolute path of the configuration file, whether it is there or not. */
  readonly configFile: string;
  readonly isRoot: boolean;
}

/**
 * Reads the boot settings of the installation in a folder from the file that was named (seen from the working folder)
 * or its `conf/sipprot.conf`, and the environment.
 *
 * Throws `bad-boot-setting`; a file that was named and is not there is an error, a missing default file is not.
 */
export function readInstallation(
  installationFolder: string,
  namedFile: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const defaultFile = defaultConfigFileOf(installationFolder);
  const configFile = namedFile === undefined ? defaultFile : resolve(namedFile);
  const isRoot = process.getuid?.() === 0;
  const machine = { isRoot, workingFolder: installationFolder, hostName: hostname() };
  const boot = readBootSettings(readConfigText(configFile, configFile !== defaultFile), environment, machine);
  return { boot, configFile, isRoot };
}

/** The file that is read when no other is named; it need not be there. */
export function defaultConfigFileOf(installationFolder: string): string {
  return `${installationFolder}/conf/sipprot.conf`;
}

/** The file that `--config FILE` names among the words of a command line. */
export function findNamedFile(words: readonly string[]): string | undefined {
  const at = words.indexOf("--config");
  return at < 0 ? undefined : words[at + 1];
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
