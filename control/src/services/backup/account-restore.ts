/** Accounts of a backup: they come back with names, roles and preferences, never with what proves who somebody is. */
import { SipprotError } from "@sipprot/shared/errors";
import type { Preferences } from "@sipprot/shared/preferences";
import { MAX_USERS } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import type { Actor } from "../../api/actor.ts";
import { changeUsers } from "../../store/user-store.ts";
import { NO_PASSWORD } from "../password.ts";
import { createUsersService } from "../users.ts";
import { hasOtherPreferences } from "./difference.ts";
import type { LeftOut } from "./intake.ts";

interface AccountRecord {
  readonly name: string;
  readonly role: "viewer" | "operator" | "administrator";
  readonly createdAtMs: number;
  readonly preferences?: Preferences | undefined;
  readonly isDisabled?: true | undefined;
}

/**
 * Adds the accounts that are not there, without a password, and gives the others the role and the preferences of the
 * backup; they keep their password and second factor, preferences the backup has none of, and whether they are disabled. Accounts the backup does not have stay. Returns those that nobody can use before
 * `sipprot user reset NAME`.
 */
export async function restoreAccounts(
  redis: Redis,
  accounts: readonly AccountRecord[],
  actor: Actor,
  leftOut: LeftOut,
): Promise<string[]> {
  const withoutPassword: string[] = [];
  for (const account of accounts) {
    const found = await addAccount(redis, account, actor.nowMs);
    if (found === "added") withoutPassword.push(account.name);
    else if (found !== "there") leftOut.add(`account ${account.name}`, found);
  }
  // Those that rise first: the last administrator may then step down.
  const service = createUsersService(redis);
  const roleOf = new Map((await service.list()).map(({ name, role }) => [name, role]));
  const changing = accounts.filter(({ name, role }) => roleOf.has(name) && roleOf.get(name) !== role);
  for (const { name, role } of changing.sort((one, other) => rank(other) - rank(one))) {
    try {
      await service.setRole(name, role, { ...actor, tell: () => undefined });
    } catch (error) {
      if (!(error instanceof SipprotError)) throw error;
      leftOut.add(`the role of ${name}`, error.message);
    }
  }
  for (const { name, preferences } of accounts) {
    await changeUsers(redis, (users) => {
      const user = users.get(name);
      const isOther = user !== undefined && hasOtherPreferences(user.preferences, preferences);
      return isOther ? { put: { ...user, preferences }, outcome: undefined } : { outcome: undefined };
    });
  }
  return withoutPassword;
}

async function addAccount(
  redis: Redis,
  { name, role, createdAtMs, preferences, isDisabled }: AccountRecord,
  nowMs: number,
): Promise<"added" | "there" | string> {
  return changeUsers(redis, (users) => {
    if (users.has(name)) return { outcome: "there" };
    const alike = [...users.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
    if (alike !== undefined) return { outcome: `there is an account ${alike}` };
    if (users.size >= MAX_USERS) return { outcome: `there are ${MAX_USERS} accounts already` };
    const password = { passwordHash: NO_PASSWORD, mustChangePassword: true, passwordChangedAtMs: nowMs };
    const chosen = { ...(preferences === undefined ? {} : { preferences }), ...(isDisabled ? { isDisabled } : {}) };
    return { put: { name, role, createdAtMs, ...password, ...chosen }, outcome: "added" };
  });
}

function rank({ role }: AccountRecord): number {
  return role === "administrator" ? 1 : 0;
}
