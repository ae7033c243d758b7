/** How the whole stands in one word, from what the hosts tell and the mode that is set. Pure. */
import type { HostStatus } from "@sipprot/shared/host";

export type Protection =
  | { readonly state: "protected" | "observing" }
  | { readonly state: "no-host" }
  /** `hosts` are those with problems. */
  | { readonly state: "problems"; readonly hosts: readonly string[] };

/** A problem weighs more than the mode: who observes must know that nothing is seen. */
export function protectionOf(hosts: readonly HostStatus[], mode: "protect" | "observe"): Protection {
  if (hosts.length === 0) return { state: "no-host" };
  const troubled = hosts.filter((host) => !host.isProtected || host.isSilent);
  if (troubled.length > 0) return { state: "problems", hosts: troubled.map((host) => host.name) };
  return { state: mode === "observe" ? "observing" : "protected" };
}
