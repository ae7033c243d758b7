/** Starts, reloads, restarts and stops the proxy of this installation, and tells how its programs are. */
import { setTimeout as pause } from "node:timers/promises";
import { SipprotError } from "@sipprot/shared/errors";
import type { ServicesPort } from "../api/ports/services.ts";
import type { ProcessManager } from "./process-manager.ts";

const PROXY = "sipprot-proxy";
/** New workers read all lists before they take over; a little longer than the proxy gives them. */
const RELOADED_WITHIN_MS = 65_000;
const LOOK_EVERY_MS = 200;

/** `placedAtMs` tells when the proxy's workers were placed; undefined while it does not answer. */
export function createProxyService(
  manager: ProcessManager,
  placedAtMs: () => Promise<number | undefined>,
): ServicesPort {
  const list = () => manager.list();
  let asked: ReturnType<typeof list> | undefined;
  return {
    // Each look is a process of half a second: however many pages ask at once, there is one.
    list: () => {
      asked ??= list().finally(() => {
        asked = undefined;
      });
      return asked;
    },
    act: async (action, actor) => {
      const before = await list();
      const isThere = before.some((program) => program.name === PROXY);
      if (action === "stop") await manager.remove(PROXY);
      else if (!isThere) await manager.start(PROXY);
      else if (action === "restart") {
        // Forgotten first: a restart alone would keep the environment it was once started with.
        await manager.remove(PROXY);
        await manager.start(PROXY);
      } else if (action === "reload") await reload(manager, placedAtMs);
      else await manager.start(PROXY);
      const after = await list();
      actor.tell({ before, after });
      return after;
    },
  };
}

/** Asks for the reload and waits until new workers are at work. */
async function reload(manager: ProcessManager, placedAtMs: () => Promise<number | undefined>): Promise<void> {
  const before = await placedAtMs();
  await manager.askToReload(PROXY);
  const endMs = Date.now() + RELOADED_WITHIN_MS;
  for (;;) {
    const now = await placedAtMs();
    if (now !== undefined && now !== before) return;
    if (Date.now() > endMs) break;
    await pause(LOOK_EVERY_MS);
  }
  throw new SipprotError("not-permitted", "the proxy has not placed new workers; those before go on", {
    field: "reload",
    remedy: "see its log for the reason, or restart it",
  });
}
