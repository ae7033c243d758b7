/** The hosts that run the proxy, as the procedures use them. */
import type { HostStatus } from "@sipprot/shared/host";
import type { Actor } from "../actor.ts";

export interface HostsPort {
  readonly list: (nowMs: number) => Promise<HostStatus[]>;
  readonly remove: (name: string, actor: Actor) => Promise<void>;
}
