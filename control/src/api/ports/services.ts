/** The programs of this installation, as the procedures use them. */
import type { ServiceAction, ServiceStatus } from "@sipprot/shared/service";
import type { Actor } from "../actor.ts";

export interface ServicesPort {
  readonly list: () => Promise<ServiceStatus[]>;
  readonly act: (action: ServiceAction, actor: Actor) => Promise<ServiceStatus[]>;
}
