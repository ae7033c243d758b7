/** What is wrong with the hosts, the worst first. Pure. */
import type { HealthPart, HostStatus, PartHealth } from "@sipprot/shared/host";

export type HostProblem =
  /** Nothing was heard of the host lately: what it said of its parts before means nothing now. */
  | { readonly host: string; readonly part: "silent"; readonly state: "failed" }
  | { readonly host: string; readonly part: HealthPart; readonly state: "failed" | "degraded" };

export function listProblems(hosts: readonly HostStatus[]): HostProblem[] {
  const problems = hosts.flatMap((host): HostProblem[] => {
    if (host.isSilent) return [{ host: host.name, part: "silent", state: "failed" }];
    return host.health.flatMap(({ part, state }) =>
      state === "failed" || state === "degraded" ? [{ host: host.name, part, state }] : [],
    );
  });
  return problems.sort((one, other) => rank(one) - rank(other));
}

/** The state of a host as a whole: that of its worst part. */
export function stateOf(host: HostStatus): PartHealth["state"] | "silent" {
  if (host.isSilent) return "silent";
  const states = new Set(host.health.map(({ state }) => state));
  if (states.has("failed")) return "failed";
  return states.has("degraded") ? "degraded" : "ok";
}

function rank({ state }: HostProblem): number {
  return state === "failed" ? 0 : 1;
}
