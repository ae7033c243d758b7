/** Doctor: the machine: room on the disk, a clock that is kept, other programs that ban. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statfsSync, statSync } from "node:fs";
import { type Diagnosis, ok, problem, skipped, warning } from "./diagnosis.ts";

const MIB = 1024 * 1024;
/** Less than this and the store's file cannot be rewritten. */
const LEAST_FREE_BYTES = 200 * MIB;
const SCARCE_FREE_BYTES = 1024 * MIB;
/** More than weeks of what the programs have to say. */
const LARGE_LOGS_BYTES = 500 * MIB;

export function checkDisk(stateFolder: string): Diagnosis[] {
  const name = "disk";
  try {
    const { bavail, bsize } = statfsSync(stateFolder);
    return [judgeFree(bavail * bsize, stateFolder), judgeLogs(sumFolder(`${stateFolder}/logs`))];
  } catch {
    return [skipped(name, `the state folder ${stateFolder} is not there yet`)];
  }
}

export function judgeFree(freeBytes: number, folder: string): Diagnosis {
  const detail = `${Math.floor(freeBytes / MIB)} MiB free in ${folder}`;
  if (freeBytes < LEAST_FREE_BYTES)
    return problem("disk", detail, "make room: the store can no longer be written soon");
  if (freeBytes < SCARCE_FREE_BYTES) return warning("disk", detail, "make room");
  return ok("disk", detail);
}

function judgeLogs(bytes: number): Diagnosis {
  const detail = `${Math.ceil(bytes / MIB)} MiB`;
  return bytes > LARGE_LOGS_BYTES
    ? warning("logs", `${detail} in the logs folder`, "let logrotate keep them small: docs/install.md")
    : ok("logs", detail);
}

function sumFolder(folder: string): number {
  let bytes = 0;
  try {
    for (const file of readdirSync(folder)) bytes += statSync(`${folder}/${file}`).size;
  } catch {
    // Not there yet: nothing was logged.
  }
  return bytes;
}

export async function checkClock(): Promise<Diagnosis> {
  const name = "clock";
  const answer = await run("timedatectl", ["show", "-p", "NTPSynchronized", "--value"]);
  switch (answer?.trim()) {
    case "yes":
      return ok(name, "kept by NTP");
    case "no":
      return warning(name, "not kept by NTP: times of blocks drift apart between hosts", "timedatectl set-ntp true");
    default:
      return skipped(name, "this system does not tell whether its clock is kept");
  }
}

/** Programs that read PBX logs and ban addresses on their own, by the names of their processes. */
const rivalNames = ["fail2ban-server", "crowdsec", "denyhosts", "sipban", "voipfirewalld"];

export async function checkRivals(path: string | undefined): Promise<Diagnosis> {
  const running = findProcesses(rivalNames);
  const jails = running.includes("fail2ban-server") ? await run("fail2ban-client", ["status"]) : undefined;
  return judgeRivals(running, jails, path);
}

/** `jails` is what `fail2ban-client status` printed, if it did. */
export function judgeRivals(
  running: readonly string[],
  jails: string | undefined,
  path: string | undefined,
): Diagnosis {
  const name = "other guards";
  const dangerous = running.filter(
    (one) => one !== "fail2ban-server" || jails === undefined || /asterisk|freeswitch|kamailio|pbx|sip/i.test(jails),
  );
  if (dangerous.length === 0) return ok(name, "no other program bans SIP addresses here");
  const names = dangerous.join(", ");
  return path === "relay"
    ? problem(
        name,
        `${names} may ban the proxy itself: in relay mode every phone has the proxy's address in the PBX's log`,
        "switch its rules for the PBX off, or exempt the proxy's address (fail2ban: ignoreip)",
      )
    : warning(
        name,
        `${names} counts by address and may ban a whole office for one phone`,
        "switch its rules for the PBX off; sipprot does their work",
      );
}

function findProcesses(names: readonly string[]): string[] {
  const found = new Set<string>();
  try {
    for (const entry of readdirSync("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      // The kernel cuts a process's name after 15 characters.
      const comm = readProcessName(entry);
      const name = names.find((one) => one.slice(0, 15) === comm);
      if (name !== undefined) found.add(name);
    }
  } catch {
    // Not Linux: nothing can be said.
  }
  return [...found];
}

function readProcessName(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

function run(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 3000 }, (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}
