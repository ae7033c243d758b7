/** Doctor: the machine: room on the disk, a clock that is kept. */
import { execFile } from "node:child_process";
import { readdirSync, statfsSync, statSync } from "node:fs";
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

function run(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 3000 }, (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}
