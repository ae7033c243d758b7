/** Takes this product off the machine: programs, kernel tables, what was set for them, the command, and the state if asked. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { SipprotError } from "@sipprot/shared/errors";
import { type Config, installationFolder } from "../config.ts";
import { disableAtBoot } from "./boot-unit.ts";
import { unlinkCommand } from "./command-link.ts";
import { removeCompletionFiles } from "./completion-files.ts";
import { halt, type Progress } from "./launch.ts";
import { processManagerFolder } from "./programs.ts";

/** The program of the proxy that takes its tables, addresses and kernel settings away. */
const KERNEL_REMOVER = `${installationFolder}/proxy/dist/kernel/remove.js`;

/** What we make in the state folder, by the beginning of its name; nothing else is deleted. */
const ownEntries = ["redis", "pm2", "logs", "secret", "web.key", "web.sock", "tls", "snapshot", "effects"];

/** Throws `not-permitted` when the kernel's tables must go and the caller is not root. */
export function checkRemoval({ boot, isRoot }: Config): void {
  if (isRoot || boot.mode !== "transparent") return;
  throw new SipprotError("not-permitted", "only root can take the kernel's tables away", {
    field: "--remove",
    remedy: "run as root: sudo sipprot setup --remove",
  });
}

/**
 * Stops everything and removes it; `deletesState` also deletes lists, settings, logs and secrets of the private store.
 *
 * Throws `not-permitted` when the kernel's tables must go and the caller is not root; nothing is removed then.
 */
export async function removeAll(config: Config, deletesState: boolean, progress: Progress): Promise<void> {
  const { boot, isRoot } = config;
  checkRemoval(config);
  if (existsSync(processManagerFolder(boot.stateFolder))) await halt(config, progress);
  if (isRoot && process.platform === "linux") {
    await removeFromKernel();
    progress("kernel tables and settings: removed");
    if (await disableAtBoot()) progress("start with the machine: removed");
    if (unlinkCommand()) progress("command sipprot: removed");
    if (removeCompletionFiles()) progress("completion of the shells: removed");
  }
  if (deletesState) {
    const left = deleteState(boot.stateFolder);
    progress(left.length === 0 ? `${boot.stateFolder}: deleted` : `${boot.stateFolder}: kept, for ${left.join(", ")}`);
  } else {
    progress(`${boot.stateFolder}: kept, with lists and settings; to delete it too: sipprot setup --remove --state`);
  }
  if (boot.redisUrl !== undefined) progress("the store is not ours alone, so its keys ({sipprot}:…) were kept");
}

/** Deletes what is ours in the state folder, and the folder when it is empty then. Returns what is left in it. */
export function deleteState(stateFolder: string): string[] {
  if (!existsSync(stateFolder)) return [];
  for (const entry of readdirSync(stateFolder)) {
    if (ownEntries.some((own) => entry.startsWith(own)))
      rmSync(`${stateFolder}/${entry}`, { recursive: true, force: true });
  }
  const left = readdirSync(stateFolder);
  if (left.length === 0) rmdirSync(stateFolder);
  return left;
}

function removeFromKernel(): Promise<void> {
  return new Promise((resolve, reject) => {
    const remover = spawn(process.execPath, [KERNEL_REMOVER], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    remover.stderr.on("data", (bytes: Buffer) => {
      if (said.length < 2000) said += bytes.toString("utf8");
    });
    remover.on("error", (error) => reject(kernelTrouble(error.message)));
    remover.on("close", (code) => (code === 0 ? resolve() : reject(kernelTrouble(said.trim()))));
  });
}

function kernelTrouble(detail: string): SipprotError {
  return new SipprotError("kernel-refused", "the kernel's tables could not be removed", {
    field: "--remove",
    value: detail.split("\n", 1)[0]?.slice(0, 500) ?? "",
    remedy: "by hand: nft delete table inet sipprot_steer; nft delete table inet sipprot",
  });
}
