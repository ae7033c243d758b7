/** What an account or a token may do: see, act, or administer. Each role may all that the one before it may. */

export const roles = ["viewer", "operator", "administrator"] as const;
export type Role = (typeof roles)[number];

/** True when `role` may do what is asked of `needed`. */
export function isRoleAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
