/** Signing in and out, and a person's own account: password, sessions, second factor. */
import type { User } from "@sipprot/shared/account";
import { sourceOf } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";
import type { Redis } from "ioredis";
import type { Actor, CallerSession } from "../api/actor.ts";
import type { AuthPort, Credentials, NewSession } from "../api/ports/auth.ts";
import {
  putSession,
  readSessions,
  removeSessions,
  removeSessionsOf,
  SESSION_MAX_MS,
  type SessionRecord,
} from "../store/session-store.ts";
import { countAttempt, rememberSource, takeAttemptBack } from "../store/sign-in-store.ts";
import { changeUsers, readUser, type StoredUser } from "../store/user-store.ts";
import { checkPassword, hashPassword, hashSecret, isPassword, makeSecret } from "./password.ts";
import { factorPlace, factorUri, offerFactor, useCode, withRecoveryCodes } from "./second-factor.ts";
import type { SecretSeal } from "./secret-seal.ts";
import { describeUser, requireUser } from "./users.ts";

export function createAuthService(redis: Redis, seal: SecretSeal): AuthPort {
  const own = async (session: CallerSession): Promise<StoredUser> => {
    const user = await readUser(redis, session.user);
    return requireUser(new Map(user === undefined ? [] : [[user.name, user]]), session.user);
  };
  return {
    signIn: async (given, agent, actor) => {
      const user = await prove(redis, seal, given, actor);
      // Told to nobody who has not proved that it is theirs.
      if (user.isDisabled === true) throw accountDisabled();
      await rememberSource(redis, user.name.toLowerCase(), sourceOf(actor.address), actor.nowMs);
      actor.tell({ by: `user:${user.name}` });
      return openSession(redis, user, agent, actor);
    },

    signOut: async (session) => {
      await removeSessions(redis, [session.id]);
    },

    me: async (session) => describeUser(await own(session)),

    setPreferences: async (session, preferences, actor) => {
      const { before, after } = await changeUsers(redis, (users) => {
        const user = requireUser(users, session.user);
        const changed = { ...user, preferences };
        return { put: changed, outcome: { before: user, after: changed } };
      });
      actor.tell({ before: before.preferences ?? {}, after: preferences });
      return describeUser(after);
    },

    changePassword: async (session, { password, newPassword, code }, agent, actor) => {
      const proven = await prove(redis, seal, { name: session.user, password, code }, actor);
      checkPassword(proven.name, newPassword);
      if (newPassword === password) {
        throw new SipprotError("weak-password", "this is the password you have already", { field: "newPassword" });
      }
      const passwordHash = await hashPassword(newPassword);
      const user = await changeUsers(redis, (users) => {
        const current = requireUser(users, proven.name);
        // Reset by an administrator meanwhile: that password holds.
        if (current.passwordHash !== proven.passwordHash) throw wrongCredentials();
        const changed = { ...current, passwordHash, mustChangePassword: false, passwordChangedAtMs: actor.nowMs };
        return { put: changed, outcome: changed };
      });
      await removeSessionsOf(redis, user.name);
      actor.tell({ after: describeUser(user) });
      return openSession(redis, user, agent, actor);
    },

    sessions: async (session, ofAll, nowMs) =>
      (await readSessions(redis, nowMs))
        .filter((one) => ofAll || one.user === session.user)
        .map((one) => describeSession(one, session.id)),

    revokeSession: async (session, id, ofAll, actor) => {
      const found = (await readSessions(redis, actor.nowMs)).find((one) => one.id === id);
      if (found === undefined || (!ofAll && found.user !== session.user)) {
        throw new SipprotError("not-found", "there is no such session", { field: "id" });
      }
      await removeSessions(redis, [id]);
      actor.tell({ before: { user: found.user, address: found.address, createdAtMs: found.createdAtMs } });
    },

    revokeOtherSessions: async (session, actor) => {
      const sessions = await readSessions(redis, actor.nowMs);
      const others = sessions.filter((one) => one.user === session.user && one.id !== session.id);
      await removeSessions(
        redis,
        others.map(({ id }) => id),
      );
      actor.tell({ before: others.map(({ address, agent, createdAtMs }) => ({ address, agent, createdAtMs })) });
      return { ended: others.length };
    },

    offerSecondFactor: async (session, password, actor) => {
      if ((await own(session)).secondFactor?.isConfirmed === true) {
        throw new SipprotError("already-there", "the account has a second factor already", {
          remedy: "remove it first, with its code",
        });
      }
      await prove(redis, seal, { name: session.user, password }, actor);
      const { secret, factor } = offerFactor(session.user, seal);
      await changeUsers(redis, (users) => {
        const user = requireUser(users, session.user);
        return { put: { ...user, secondFactor: factor }, outcome: undefined };
      });
      return { secret, uri: factorUri(session.user, secret) };
    },

    confirmSecondFactor: async (session, code, actor) => {
      const { user, recoveryCodes } = await changeUsers(redis, (users) => {
        const user = requireUser(users, session.user);
        const used = user.secondFactor?.isConfirmed === false ? useFactor(user, seal, code, actor.nowMs) : undefined;
        if (used === undefined) throw wrongCode();
        const { factor, recoveryCodes } = withRecoveryCodes({ ...used, isConfirmed: true });
        const changed = { ...user, secondFactor: factor };
        return { put: changed, outcome: { user: changed, recoveryCodes } };
      });
      actor.tell({ after: describeUser(user) });
      return { recoveryCodes };
    },

    renewRecoveryCodes: async (session, { password, code }, actor) => {
      await prove(redis, seal, { name: session.user, password, code }, actor);
      const { before, after, recoveryCodes } = await changeUsers(redis, (users) => {
        const user = requireUser(users, session.user);
        if (user.secondFactor?.isConfirmed !== true) {
          throw new SipprotError("not-found", "the account has no second factor", { remedy: "set one up first" });
        }
        const { factor, recoveryCodes } = withRecoveryCodes(user.secondFactor);
        const changed = { ...user, secondFactor: factor };
        return { put: changed, outcome: { before: user, after: changed, recoveryCodes } };
      });
      actor.tell({ before: describeUser(before), after: describeUser(after) });
      return { recoveryCodes };
    },

    removeSecondFactor: async (session, { password, code }, actor) => {
      const before = await prove(redis, seal, { name: session.user, password, code }, actor);
      const after = await changeUsers(redis, (users) => {
        const { secondFactor: _gone, ...user } = requireUser(users, session.user);
        return { put: user, outcome: user };
      });
      actor.tell({ before: describeUser(before), after: describeUser(after) });
    },
  };
}

/**
 * The account whose password, and second factor where it has one, these are. Each attempt counts; an unknown account
 * takes as long as a wrong password and gets the same answer.
 */
async function prove(
  redis: Redis,
  seal: SecretSeal,
  { name, password, code }: Credentials,
  actor: Actor,
): Promise<StoredUser> {
  const attempt = await countAttempt(redis, name.toLowerCase(), sourceOf(actor.address), actor.nowMs);
  if (attempt.waitMs > 0) throw tooManyAttempts(attempt.waitMs);
  const user = await readUser(redis, name);
  if (!(await isPassword(password, user?.passwordHash)) || user === undefined) throw wrongCredentials();
  if (user.secondFactor?.isConfirmed !== true) {
    await takeAttemptBack(redis, attempt, true);
    return user;
  }
  if (code === undefined) {
    await takeAttemptBack(redis, attempt, false);
    throw new SipprotError("second-factor-needed", "the code of the second factor is needed too", {
      field: "code",
      expected: "six digits of the authenticator, or a recovery code",
    });
  }
  const proven = await changeUsers(redis, (users) => {
    const current = requireUser(users, name);
    if (current.passwordHash !== user.passwordHash) throw wrongCredentials();
    if (current.secondFactor === undefined) return { outcome: current };
    const used = useFactor(current, seal, code, actor.nowMs);
    if (used === undefined) throw wrongCode();
    const changed = { ...current, secondFactor: used };
    return { put: changed, outcome: changed };
  });
  await takeAttemptBack(redis, attempt, true);
  return proven;
}

/** The account's factor after this code was used; undefined when the code is wrong. Throws `sealed-secret`. */
function useFactor({ name, secondFactor }: StoredUser, seal: SecretSeal, code: string, nowMs: number) {
  if (secondFactor === undefined) return undefined;
  return useCode(secondFactor, code, () => seal.open(secondFactor.secret, factorPlace(name)), nowMs);
}

/** A new session with an id nobody could have planted before. */
async function openSession(redis: Redis, user: StoredUser, agent: string, actor: Actor): Promise<NewSession> {
  const secret = makeSecret();
  const endsAtMs = actor.nowMs + SESSION_MAX_MS;
  await putSession(redis, hashSecret(secret), {
    user: user.name,
    address: actor.address,
    agent,
    createdAtMs: actor.nowMs,
    endsAtMs,
    passwordSetAtMs: user.passwordChangedAtMs,
  });
  const described: User = describeUser(user);
  return { secret, endsAtMs, user: described };
}

function describeSession({ passwordSetAtMs: _inner, ...session }: SessionRecord, currentId: string) {
  return { ...session, isCurrent: session.id === currentId };
}

function wrongCredentials(): SipprotError {
  return new SipprotError("wrong-credentials", "name or password is wrong", {
    remedy: "type them again; an administrator can set a new password: sipprot user reset NAME",
  });
}

function accountDisabled(): SipprotError {
  return new SipprotError("account-disabled", "this account is switched off", { remedy: "ask an administrator" });
}

function wrongCode(): SipprotError {
  return new SipprotError("wrong-second-factor", "this code is wrong, or was used already", {
    field: "code",
    expected: "the newest six digits of the authenticator, or a recovery code that was not used yet",
    remedy: "wait for the next code; look whether the telephone's clock is right",
  });
}

function tooManyAttempts(waitMs: number): SipprotError {
  return new SipprotError("too-many-attempts", "too many failed sign-ins", {
    waitMs,
    remedy: `try again in ${Math.ceil(waitMs / 1000)} s`,
  });
}
