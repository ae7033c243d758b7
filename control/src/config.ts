/** Where this installation is and what its boot settings say: read once at start. */
import { fileURLToPath } from "node:url";
import { type Config, defaultConfigFileOf, readInstallation } from "@sipprot/shared/installation";

export type { Config };

/** Folder of the installation; both `control/src` and `control/dist` are two below it. */
export const installationFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Read when no other file is named; it need not be there. */
export const defaultConfigFile = defaultConfigFileOf(installationFolder);

/** The boot settings of this installation; see {@link readInstallation}. */
export function readConfig(
  namedFile: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  return readInstallation(installationFolder, namedFile, environment);
}
