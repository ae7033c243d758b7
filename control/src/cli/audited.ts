/** A change made at the command line, written into the audit trail as the server writes its own. */
import type { Redis } from "ioredis";
import type { Actor } from "../api/actor.ts";
import { auditedCall } from "../api/audit-mutation.ts";
import { createAuditService } from "../services/audit.ts";
import type { Session } from "./session.ts";

/** Does the work in the name of whoever gave the command. Throws what the work throws, after recording that. */
export async function withAudit<Result>(
  session: Session,
  action: string,
  input: unknown,
  work: (redis: Redis, actor: Actor) => Promise<Result>,
): Promise<Result> {
  return session.withStore(({ redis, author }) =>
    auditedCall(
      {
        by: author.by,
        address: "",
        nowMs: author.nowMs,
        write: createAuditService(redis, () => author.nowMs).write,
        onTrouble: (error, facts) => session.log.error({ ...facts, err: error }, "the audit trail cannot be written"),
      },
      action,
      input,
      (actor) => work(redis, actor),
    ),
  );
}
