/** Accounts of people as administrators manage them. The last administrator cannot be removed or demoted. */
import type { User } from "@sipprot/shared/account";
import { SipprotError } from "@sipprot/shared/errors";
import { MAX_USERS } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import type { UsersPort } from "../api/ports/users.ts";
import { removeSessionsOf } from "../store/session-store.ts";
import { forgetSources } from "../store/sign-in-store.ts";
import { changeUsers, readUsers, type StoredUser } from "../store/user-store.ts";
import { hashPassword, makeOneTimePassword } from "./password.ts";

/** Name of the account that is made at the first start. */
export const FIRST_ADMINISTRATOR = "admin";

export function createUsersService(redis: Redis): UsersPort {
  return {
    list: async () => (await readUsers(redis)).map(describeUser),

    add: async ({ name, role }, actor) => {
      const { password, stored } = await newAccount(name, role, actor.nowMs);
      const user = await changeUsers(redis, (users) => {
        if (findUser(users, name) !== undefined) {
          throw new SipprotError("already-there", `there is an account ${name} already`, {
            field: "name",
            value: name,
            remedy: "take another name; capital letters make no difference",
          });
        }
        if (users.size >= MAX_USERS) {
          throw new SipprotError("not-permitted", `there are ${MAX_USERS} accounts already`, {
            remedy: "remove accounts nobody uses",
          });
        }
        return { put: stored, outcome: describeUser(stored) };
      });
      actor.tell({ after: user });
      return { user, password };
    },

    setRole: async (name, role, actor) => {
      const { before, after } = await changeUsers(redis, (users) => {
        const user = requireUser(users, name);
        if (role !== "administrator") keepAnAdministrator(users, name);
        const changed = { ...user, role };
        return { put: changed, outcome: { before: describeUser(user), after: describeUser(changed) } };
      });
      actor.tell({ before, after });
      return after;
    },

    reset: async (name, actor) => {
      const password = makeOneTimePassword();
      const passwordHash = await hashPassword(password);
      const { before, after } = await changeUsers(redis, (users) => {
        const { secondFactor: _gone, ...user } = requireUser(users, name);
        const changed = { ...user, passwordHash, mustChangePassword: true, passwordChangedAtMs: actor.nowMs };
        return {
          put: changed,
          outcome: { before: describeUser(requireUser(users, name)), after: describeUser(changed) },
        };
      });
      await removeSessionsOf(redis, name);
      actor.tell({ before, after });
      return { user: after, password };
    },

    setDisabled: async (name, isDisabled, actor) => {
      const { before, after } = await changeUsers(redis, (users) => {
        const user = requireUser(users, name);
        if (isDisabled) keepAnAdministrator(users, name);
        const changed = { ...user, isDisabled };
        return { put: changed, outcome: { before: describeUser(user), after: describeUser(changed) } };
      });
      if (isDisabled) await removeSessionsOf(redis, name);
      actor.tell({ before, after });
      return after;
    },

    remove: async (name, actor) => {
      const before = await changeUsers(redis, (users) => {
        const user = requireUser(users, name);
        keepAnAdministrator(users, name);
        return { remove: name, outcome: describeUser(user) };
      });
      await removeSessionsOf(redis, name);
      await forgetSources(redis, name);
      actor.tell({ before });
    },
  };
}

/**
 * Makes the first administrator when there is no account at all. Returns its name and one-time password, to be shown
 * once; undefined when there are accounts.
 */
export async function createFirstAdministrator(
  redis: Redis,
  nowMs: number,
): Promise<{ readonly name: string; readonly password: string } | undefined> {
  if ((await readUsers(redis)).length > 0) return undefined;
  const { password, stored } = await newAccount(FIRST_ADMINISTRATOR, "administrator", nowMs);
  // Two programs that start at once must not both show a password.
  const isMade = await changeUsers(redis, (users) =>
    users.size === 0 ? { put: stored, outcome: true } : { outcome: false },
  );
  return isMade ? { name: FIRST_ADMINISTRATOR, password } : undefined;
}

/** An account as it may be shown. */
export function describeUser(user: StoredUser): User {
  const { name, role, mustChangePassword, createdAtMs, passwordChangedAtMs, secondFactor, preferences = {} } = user;
  return {
    name,
    role,
    isDisabled: user.isDisabled === true,
    mustChangePassword,
    hasSecondFactor: secondFactor?.isConfirmed === true,
    recoveryCodesLeft: secondFactor?.isConfirmed === true ? secondFactor.recoveryHashes.length : 0,
    createdAtMs,
    passwordChangedAtMs,
    preferences,
  };
}

/** The account of exactly that name. Throws `not-found`. */
export function requireUser(users: ReadonlyMap<string, StoredUser>, name: string): StoredUser {
  const user = users.get(name);
  if (user !== undefined) return user;
  throw new SipprotError("not-found", `there is no account ${name}`, { field: "name", value: name });
}

async function newAccount(name: string, role: StoredUser["role"], nowMs: number) {
  const password = makeOneTimePassword();
  const stored: StoredUser = {
    name,
    role,
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
    createdAtMs: nowMs,
    passwordChangedAtMs: nowMs,
  };
  return { password, stored };
}

function findUser(users: ReadonlyMap<string, StoredUser>, name: string): StoredUser | undefined {
  return [...users.values()].find((user) => user.name.toLowerCase() === name.toLowerCase());
}

/** One that can sign in, that is: a disabled administrator helps nobody. */
function keepAnAdministrator(users: ReadonlyMap<string, StoredUser>, name: string): void {
  const administrators = [...users.values()].filter(
    (user) => user.role === "administrator" && user.isDisabled !== true,
  );
  const isOne = administrators.some((user) => user.name === name);
  if (!isOne || administrators.length > 1) return;
  throw new SipprotError("last-administrator", `${name} is the last administrator`, {
    field: "name",
    value: name,
    remedy: "make another account an administrator first",
  });
}
