/** Starts, reloads, restarts and stops the proxy of this installation, and tells how its programs are. */
import type { ServicesPort } from "../api/ports/services.ts";
import type { ProcessManager } from "./process-manager.ts";

const PROXY = "sipprot-proxy";

export function createProxyService(manager: ProcessManager): ServicesPort {
  const list = () => manager.list();
  return {
    list,
    act: async (action, actor) => {
      const before = await list();
      const isThere = before.some((program) => program.name === PROXY);
      if (action === "stop") await manager.remove(PROXY);
      else if (!isThere) await manager.start(PROXY);
      else if (action === "restart") {
        // Forgotten first: a restart alone would keep the environment it was once started with.
        await manager.remove(PROXY);
        await manager.start(PROXY);
      } else if (action === "reload") await manager.reload(PROXY);
      else await manager.start(PROXY);
      const after = await list();
      actor.tell({ before, after });
      return after;
    },
  };
}
