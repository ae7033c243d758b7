/** The systemd unit that starts this installation when the machine starts. It is made when asked for, never by itself. */
import { execFile } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { SipprotError } from "@sipprot/shared/errors";

const UNIT_FILE = "/etc/systemd/system/sipprot.service";
const UNIT = "sipprot.service";

export interface UnitPlace {
  readonly installationFolder: string;
  readonly configFile: string;
  /** The node that runs now: systemd's path may name another one. */
  readonly node: string;
}

/** The text of the unit. Starting twice is harmless, so a start by hand and the unit do not get in each other's way. */
export function writeUnit({ installationFolder, configFile, node }: UnitPlace): string {
  const quote = (text: string) => `"${text.replaceAll("%", "%%").replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  const launcher = `${quote(node)} ${quote(`${installationFolder}/control/dist/cli/launch.js`)}`;
  const options = configFile === `${installationFolder}/conf/sipprot.conf` ? "" : ` --config ${quote(configFile)}`;
  return `# Made by: sipprot setup --boot. Taken away by: sipprot setup --remove.
[Unit]
Description=sipprot, the SIP firewall before the PBX
Documentation=file://${installationFolder}/README.md
Wants=network-online.target
After=network-online.target nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
WorkingDirectory=${installationFolder.replaceAll("%", "%%")}
ExecStart=${launcher} start${options}
ExecStop=${launcher} stop${options}
TimeoutStartSec=300
TimeoutStopSec=60

[Install]
WantedBy=multi-user.target
`;
}

/** Writes the unit and enables it; does not start anything. Throws `not-permitted` or `missing-program`. */
export async function enableAtBoot(place: UnitPlace): Promise<string> {
  if (!existsSync("/run/systemd/system")) {
    throw new SipprotError("missing-program", "this machine was not started by systemd", {
      field: "--boot",
      remedy: `let this system's own start-up run: cd ${place.installationFolder} && npm start`,
    });
  }
  try {
    writeFileSync(UNIT_FILE, writeUnit(place));
    await systemctl("daemon-reload");
    await systemctl("enable", UNIT);
  } catch (error) {
    throw new SipprotError(
      "not-permitted",
      `the unit ${UNIT_FILE} could not be enabled: ${(error as Error).message}`,
      { field: "--boot", remedy: "run as root" },
      error,
    );
  }
  return UNIT_FILE;
}

/** Disables the unit and takes it away. False when there was none. */
export async function disableAtBoot(): Promise<boolean> {
  if (!existsSync(UNIT_FILE)) return false;
  // Without --now: its programs have been stopped before.
  await systemctl("disable", UNIT).catch(() => {});
  rmSync(UNIT_FILE, { force: true });
  await systemctl("daemon-reload").catch(() => {});
  return true;
}

function systemctl(...words: string[]) {
  return promisify(execFile)("systemctl", words, { timeout: 30_000 });
}
