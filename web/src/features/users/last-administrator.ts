/** Whether somebody is the last who can administer: the server refuses to take them away, and pages do not offer it. Pure. */
import type { User } from "@sipprot/shared/account";

type Standing = Pick<User, "name" | "role" | "isDisabled">;

/** A disabled administrator helps nobody. */
export function isLastAdministrator(users: readonly Standing[], { name }: Standing): boolean {
  const administrators = users.filter(({ role, isDisabled }) => role === "administrator" && !isDisabled);
  return administrators.length === 1 && administrators[0]?.name === name;
}
