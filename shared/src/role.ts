/** What an account or a token may do: see, act, or administer. Each role may all that the one before it may. */
import { z } from "zod";

export const roles = ["viewer", "operator", "administrator"] as const;
export type Role = (typeof roles)[number];
export const roleSchema = z.enum(roles);

/** True when `role` may do what is asked of `needed`. */
export function isRoleAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
