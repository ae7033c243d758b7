/** Accounts of people, as administrators use them. */
import type { User } from "@sipprot/shared/account";
import type { Role } from "@sipprot/shared/role";
import type { Actor } from "../actor.ts";

export interface UsersPort {
  readonly list: () => Promise<User[]>;
  /** The one-time password is told this once and must be changed at the first sign-in. */
  readonly add: (
    given: { readonly name: string; readonly role: Role },
    actor: Actor,
  ) => Promise<{ user: User; password: string }>;
  readonly setRole: (name: string, role: Role, actor: Actor) => Promise<User>;
  /** A new one-time password; sessions end, the second factor goes. */
  readonly reset: (name: string, actor: Actor) => Promise<{ user: User; password: string }>;
  /** A disabled account cannot sign in, and its sessions end. */
  readonly setDisabled: (name: string, isDisabled: boolean, actor: Actor) => Promise<User>;
  readonly remove: (name: string, actor: Actor) => Promise<void>;
}
