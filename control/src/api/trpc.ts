/** The server's grammar: who may call a procedure, what every mutation leaves in the audit trail, how errors look. */
import { SipprotError } from "@sipprot/shared/errors";
import { isRoleAtLeast, type Role } from "@sipprot/shared/role";
import { initTRPC } from "@trpc/server";
import { auditMutation } from "./audit-mutation.ts";
import type { Caller, Context } from "./context.ts";
import { describeError, toTransportError } from "./error-shape.ts";
import type { ProcedureMeta } from "./right.ts";

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    // Never a stack in an answer, whatever NODE_ENV says.
    isDev: false,
    errorFormatter: ({ shape, error, path }) => describeError(shape, error, path),
    // A proxy between us and the browser must see life on a quiet stream.
    // A stream ends after five minutes and is opened anew with who calls looked up anew: a revoked session sees no more.
    sse: {
      maxDurationMs: 300_000,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 45_000 },
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** What every procedure has: errors in our words, mutations in the audit trail, an actor to write changes as. */
const audited = t.procedure.use(async ({ ctx, type, path, getRawInput, next }) => {
  const nowMs = ctx.nowMs();
  const audit = auditMutation(ctx, nowMs, type === "mutation");
  const result = await next({ ctx: { ...ctx, actor: audit.actor, now: nowMs } });
  if (result.ok) {
    await audit.finish(path, getRawInput, "done");
    return result;
  }
  const error = toTransportError(result.error);
  const isUnexpected = error.code === "INTERNAL_SERVER_ERROR";
  const otherCode = isUnexpected ? "unexpected" : "bad-input";
  await audit.finish(path, getRawInput, error.cause instanceof SipprotError ? error.cause.code : otherCode);
  if (isUnexpected) ctx.onTrouble(result.error.cause ?? result.error, { path });
  throw error;
});

/** For those who have not signed in; only signing in itself is offered to them. */
export const anyone = audited.meta({ right: "anyone" });

/** For a person about their own account, also while the password must be changed first. No tokens. */
export const self = audited.meta({ right: "self" }).use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller === undefined) throw notSignedIn();
  if (caller.session === undefined) {
    throw new SipprotError("not-permitted", "a token has no account of its own", { remedy: "sign in as a person" });
  }
  return next({ ctx: { ...ctx, caller, session: caller.session } });
});

/** The same, but not before a one-time password is changed. */
export const settledSelf = self.meta({ right: "settled self" }).use(({ ctx, next }) => {
  requireOwnPassword(ctx.caller);
  return next();
});

/** For those who may look. */
export const viewer = forRole("viewer");
/** For those who may also change lists, blocks and the like. */
export const operator = forRole("operator");
/** For those who may also change settings, accounts and services. */
export const administrator = forRole("administrator");

function forRole(needed: Role) {
  return audited.meta({ right: needed }).use(({ ctx, next }) => {
    const { caller } = ctx;
    if (caller === undefined) throw notSignedIn();
    requireOwnPassword(caller);
    if (!isRoleAtLeast(caller.role, needed)) {
      throw new SipprotError("not-permitted", `this needs the role ${needed}`, {
        field: "role",
        value: caller.role,
        expected: needed,
        remedy: "ask an administrator",
      });
    }
    return next({ ctx: { ...ctx, caller } });
  });
}

function requireOwnPassword(caller: Caller): void {
  if (!caller.mustChangePassword) return;
  throw new SipprotError("password-change-needed", "the one-time password must be changed before anything else", {
    remedy: "choose a password of your own first",
  });
}

function notSignedIn(): SipprotError {
  return new SipprotError("not-signed-in", "sign in first", {
    expected: "a session, or a token in the Authorization header",
    remedy: "sign in, or send Authorization: Bearer sp_…",
  });
}
