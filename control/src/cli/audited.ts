/** A change made at the command line, written into the audit trail as the server writes its own. */
import type { Redis } from "ioredis";
import type { Actor } from "../api/actor.ts";
import { auditedCall } from "../api/audit-mutation.ts";
import { createAuditService } from "../services/audit.ts";
import type { Session, Store } from "./session.ts";

/** Does the work on the store in the name of whoever gave the command. Throws what the work throws, after recording that. */
export async function withAudit<Result>(
  session: Session,
  action: string,
  input: unknown,
  work: (redis: Redis, actor: Actor, store: Store) => Promise<Result>,
): Promise<Result> {
  return session.withStore((store) =>
    recordWork(session, store, action, input, (actor) => work(store.redis, actor, store)),
  );
}

/** The same on a store that is open already. */
export async function recordWork<Result>(
  session: Session,
  { redis, author }: Pick<Store, "redis" | "author">,
  action: string,
  input: unknown,
  work: (actor: Actor) => Promise<Result>,
): Promise<Result> {
  return auditedCall(
    {
      by: author.by,
      address: "",
      nowMs: author.nowMs,
      write: createAuditService(redis, () => author.nowMs).write,
      onTrouble: (error, facts) => {
        session.log.error({ ...facts, err: error }, "the audit trail cannot be written");
        session.warn(`this could not be written into the audit trail: ${(error as Error).message}`);
      },
    },
    action,
    input,
    work,
  );
}
