/** How far a start, reload, restart or stop of the proxy is, from what the host and the programs tell. Pure. */
import type { HostStatus } from "@sipprot/shared/host";
import type { ServiceAction, ServiceStatus } from "@sipprot/shared/service";

export const PROXY_PROGRAM = "sipprot-proxy";
/** The proxy may load long lists before it takes the traffic; beyond this something is wrong. */
export const LATE_AFTER_MS = 60_000;

/** What was asked for, and how the host was before. */
export interface AskedAction {
  readonly action: ServiceAction;
  readonly askedAtMs: number;
  /** When the proxy of this host had been started; undefined when there was none. */
  readonly startedBeforeMs: number | undefined;
}

export type ActionProgress =
  /** The process manager is at it. */
  | "asked"
  /** The program runs; the host has not told yet that it protects. */
  | "coming-up"
  | "done"
  /** It should have been there by now. */
  | "late";

/** The progress of an action that the process manager has carried out, when `isCarriedOut`. */
export function progressOf(
  asked: AskedAction,
  isCarriedOut: boolean,
  here: HostStatus | undefined,
  nowMs: number,
): ActionProgress {
  if (!isCarriedOut) return "asked";
  if (asked.action === "stop") return "done";
  const isNew = here !== undefined && here.startedAtMs !== asked.startedBeforeMs;
  if (isNew && here.isProtected) return "done";
  return nowMs - asked.askedAtMs > LATE_AFTER_MS ? "late" : "coming-up";
}

/** Whether the process manager runs the proxy. */
export function isProxyRunning(programs: readonly ServiceStatus[]): boolean {
  return programs.some(({ name, status }) => name === PROXY_PROGRAM && (status === "online" || status === "launching"));
}
