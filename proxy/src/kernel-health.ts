/** How the kernel's part is: the bans, and the steering that brings the traffic to the workers. */
import type { KernelKeeper } from "./kernel-keeper.ts";
import type { HealthBoard } from "./sync/health-board.ts";

/** A change that takes longer is told of: the longest lists are loaded within this. */
const BUSY_MS = 15_000;

/** Tells the board; without a kernel part (relay mode) both are off by choice. */
export function judgeKernel(board: HealthBoard, keeper: KernelKeeper | undefined, workers: number): void {
  if (keeper === undefined) {
    board.set("kernel-steering", "off", "relay mode: clients reach the proxy by its own address");
    board.set("kernel-bans", "off", "relay mode: every refusal is made by the proxy itself");
    return;
  }
  const { reading, trouble } = keeper;
  if (keeper.busyMs > BUSY_MS)
    board.set("kernel-bans", "degraded", `the kernel has not taken a change for ${Math.round(keeper.busyMs / 1000)} s`);
  else if (trouble !== "") board.set("kernel-bans", "degraded", `the kernel did not take a change: ${trouble}`);
  else if (reading?.isInStep === false) {
    board.set("kernel-bans", "degraded", `not in step, put right now: ${reading.differences.slice(0, 3).join("; ")}`);
  } else if (reading !== undefined) {
    const { bans, denied, allowed } = reading;
    board.set("kernel-bans", "ok", `in step: ${bans} bans, ${denied} denied and ${allowed} allowed networks`);
  } else board.set("kernel-bans", "ok", "loaded, not read back yet");
  if (reading === undefined) return;
  const alive = reading.aliveWorkers.length;
  if (alive === workers) board.set("kernel-steering", "ok", `all traffic passes through ${workers} workers`);
  else {
    const state = alive === 0 ? "failed" : "degraded";
    board.set(
      "kernel-steering",
      state,
      `the traffic of ${workers - alive} of ${workers} workers is not steered to them`,
    );
  }
}
