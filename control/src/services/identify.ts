/** Who calls: a person by the session in the cookie, a program by the token in the Authorization header. */
import type { Redis } from "ioredis";
import type { Caller } from "../api/context.ts";
import { useSession } from "../store/session-store.ts";
import { useToken } from "../store/token-store.ts";
import { readUser } from "../store/user-store.ts";
import { hashSecret } from "./password.ts";

/** What a request says of its sender. */
export interface Proof {
  /** The Authorization header. */
  readonly authorization: string | undefined;
  /** The secret in the session cookie. */
  readonly sessionSecret: string | undefined;
}

const bearer = /^Bearer (sp_[A-Za-z0-9_-]{43})$/;

/** The caller, or undefined. A request with an Authorization header is never taken for its cookie's owner. */
export async function identify(redis: Redis, proof: Proof, nowMs: number): Promise<Caller | undefined> {
  if (proof.authorization !== undefined) {
    const secret = bearer.exec(proof.authorization)?.[1];
    const token = secret === undefined ? undefined : await useToken(redis, hashSecret(secret), nowMs);
    return token && { name: `token:${token.name}`, role: token.role, mustChangePassword: false };
  }
  if (proof.sessionSecret === undefined) return undefined;
  const session = await useSession(redis, hashSecret(proof.sessionSecret), nowMs);
  if (session === undefined) return undefined;
  // Read each time: what an administrator changes holds at once.
  const user = await readUser(redis, session.user);
  if (user === undefined || user.isDisabled === true || user.passwordChangedAtMs !== session.passwordSetAtMs)
    return undefined;
  return {
    name: `user:${user.name}`,
    role: user.role,
    mustChangePassword: user.mustChangePassword,
    session: { id: session.id, user: user.name },
  };
}
