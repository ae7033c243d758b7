/** `sipprot unblock IP`: lifts the dynamic blocks of an address, everywhere, and says whether that is so. */
import { blockKey } from "@sipprot/shared/block";
import { explainReason } from "@sipprot/shared/reason";
import { type Confirmation, liftAddress, type Unblocking } from "../../services/blocks.ts";
import { readAddress } from "../../services/lists.ts";
import { tellBlocks } from "../../services/told.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";

export async function unblockAddress(session: Session, text: string): Promise<void> {
  const address = readAddress(text);
  const outcome = await withAudit(session, "blocks.lift", { address }, async (redis, actor) => {
    const unblocking = await liftAddress(redis, address, actor);
    const lifted = new Map(unblocking.lifted.map((block) => [blockKey(block), block]));
    actor.tell({ before: tellBlocks(lifted, lifted.keys()), after: [] });
    return unblocking;
  });
  session.log.info({ address, lifted: outcome.lifted.length }, "unblocked");
  if (outcome.hosts.some((host) => !isConfirmed(host))) session.exitCode = 1;
  session.answer({ ip: address, ...outcome, lifted: outcome.lifted.map(({ evidence: _, ...block }) => block) }, () =>
    describe(address, outcome).join("\n"),
  );
}

function describe(address: string, { lifted, stillDenied, hosts }: Unblocking): string[] {
  const lines = lifted.map((block) => {
    const what =
      block.account === undefined ? block.source : `${block.source}, account ${JSON.stringify(block.account)}`;
    return `block lifted: ${what} (${explainReason(block.reason)})`;
  });
  if (lifted.length === 0) lines.push(`${address} was in no dynamic block`);
  for (const host of hosts) lines.push(describeHost(host));
  if (hosts.length === 0) lines.push("no proxy is running; it will read this when it starts");
  for (const entry of stillDenied) {
    lines.push(
      `still refused: ${entry.network} is on the Denylist; to remove it: sipprot list deny remove ${entry.network}`,
    );
  }
  return lines;
}

function describeHost(host: Confirmation): string {
  if (!host.hasApplied) return `host ${host.host} has not confirmed it yet; look at it with: sipprot doctor`;
  if (host.kernel === "ok") return `host ${host.host}: lifted in the proxy and in the kernel`;
  if (host.kernel === "off" || host.kernel === undefined) return `host ${host.host}: lifted in the proxy`;
  return `host ${host.host}: lifted in the proxy, but its kernel sets are not in step; look with: sipprot doctor`;
}

function isConfirmed(host: Confirmation): boolean {
  return host.hasApplied && host.kernel !== "failed" && host.kernel !== "degraded";
}
