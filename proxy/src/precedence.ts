/** The order in which the system lets the processes of a host run: workers before main, and before all else when asked. */
import { spawnSync } from "node:child_process";
import { constants, getPriority, setPriority } from "node:os";

/** How far a worker is before main in the system's order of priority. */
const LEAD = 7;
/** It takes a few milliseconds. */
const PATIENCE_MS = 1_000;

/** Puts a worker before main: messages go before what main does. An ordinary user may not say so; then all are equal. */
export function putAhead(pid: number): void {
  try {
    setPriority(pid, Math.max(constants.priority.PRIORITY_HIGHEST, getPriority() - LEAD));
  } catch {
    // Not permitted, or it has ended already.
  }
}

/**
 * Puts a worker before everything on the machine, the PBX included, or back to where `putAhead` puts it. The kernel keeps a
 * twentieth of each processor for the others. Where it is not permitted, or chrt is missing, the worker stays where it is.
 */
export function putFirst(pid: number, isFirst: boolean): void {
  const words = isFirst ? ["--reset-on-fork", "--rr", "--pid", "1"] : ["--other", "--pid", "0"];
  // Waited for, so that what is asked later comes later.
  spawnSync("chrt", [...words, String(pid)], { stdio: "ignore", timeout: PATIENCE_MS });
  putAhead(pid);
}
