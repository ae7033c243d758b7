/** `sipprot service status|start|reload|restart|stop`: the programs of this installation. */
import { SipprotError } from "@sipprot/shared/errors";
import type { ServiceAction, ServiceStatus } from "@sipprot/shared/service";
import { installationFolder } from "../../config.ts";
import { ProcessManager } from "../../services/process-manager.ts";
import { askProxyHealth } from "../../services/proxy-health.ts";
import { createProxyService } from "../../services/proxy-service.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";

/** Exit code 1 when a program is not online. */
export async function showServices(session: Session): Promise<void> {
  const programs = await openService(session).list();
  tell(session, programs);
}

/** Does it to the proxy. Works while the store is away as well: then the audit trail has no record, which is said. */
export async function actOnProxy(session: Session, action: ServiceAction): Promise<void> {
  const service = openService(session);
  let isBegun = false;
  try {
    const programs = await withAudit(session, "services.act", { action }, (_, actor) => {
      isBegun = true;
      return service.act(action, actor);
    });
    tell(session, programs);
  } catch (error) {
    if (isBegun || !(error instanceof SipprotError) || error.code !== "store-unreachable") throw error;
    session.warn("the store is away, so this is not written into the audit trail");
    const unheard = { ...session.author, address: "", tell: () => undefined };
    tell(session, await service.act(action, unheard));
  }
  session.log.info({ action }, "proxy service");
}

function openService(session: Session) {
  const { boot, configFile } = session.config;
  const manager = new ProcessManager({ installationFolder, configFile, stateFolder: boot.stateFolder });
  return createProxyService(manager, async () => (await askProxyHealth(boot.health))?.placedAtMs);
}

function tell(session: Session, programs: readonly ServiceStatus[]): void {
  if (programs.some((program) => program.status !== "online")) session.exitCode = 1;
  session.answer(programs, () =>
    programs.length === 0
      ? "nothing runs; start everything with: npm start"
      : session.table(
          [
            { heading: "PROGRAM", align: "left" },
            { heading: "STATE", align: "left" },
            { heading: "PID", align: "right" },
            { heading: "RESTARTS", align: "right" },
          ],
          programs.map(({ name, status, pid, restarts }) => [
            name,
            status,
            pid === 0 ? "" : String(pid),
            String(restarts),
          ]),
        ),
  );
}
