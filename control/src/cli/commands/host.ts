/** `sipprot host list|remove`: the hosts that share this store. */
import { createHostsService } from "../../services/hosts.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";
import { formatTime } from "../time.ts";

/** Exit code 1 when a host does not protect: a script may watch for that. */
export async function showHosts(session: Session): Promise<void> {
  const hosts = await session.withStore(({ redis, author }) =>
    createHostsService(redis, session.config.boot.hostName).list(author.nowMs),
  );
  if (hosts.some((host) => !host.isProtected)) session.exitCode = 1;
  session.answer(hosts, () =>
    hosts.length === 0
      ? "no proxy has ever told of itself here; start one with: npm start"
      : session.table(
          [
            { heading: "HOST", align: "left", wraps: true },
            { heading: "STATE", align: "left", wraps: true },
            { heading: "MODE", align: "left" },
            { heading: "PROTECTS", align: "left", wraps: true },
            { heading: "VERSION", align: "left" },
          ],
          hosts.map((host) => [host.name, describeState(host), host.path, host.endpoints.join(" "), host.version]),
        ),
  );
}

export async function removeHost(session: Session, name: string): Promise<void> {
  await withAudit(session, "hosts.remove", { name }, (redis, actor) =>
    createHostsService(redis, session.config.boot.hostName).remove(name, actor),
  );
  session.answer({ removed: name }, () => `${name}: forgotten`);
}

function describeState(host: Awaited<ReturnType<ReturnType<typeof createHostsService>["list"]>>[number]): string {
  if (host.isSilent) return `silent since ${formatTime(host.seenAtMs)}`;
  const failed = host.health.filter((part) => part.state === "failed").map((part) => part.part);
  if (failed.length > 0) return `failed: ${failed.join(", ")}`;
  return host.isInStep ? "protected" : "protected, catching up";
}
