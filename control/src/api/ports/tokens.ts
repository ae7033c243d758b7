/** API tokens, as the procedures use them. */
import type { TokenInfo } from "@sipprot/shared/account";
import type { Role } from "@sipprot/shared/role";
import type { Actor } from "../actor.ts";

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly expiresAtMs?: number | undefined;
}

export interface TokensPort {
  readonly list: () => Promise<TokenInfo[]>;
  /** The secret is told this once. */
  readonly create: (given: NewToken, actor: Actor) => Promise<{ secret: string; token: TokenInfo }>;
  readonly revoke: (id: string, actor: Actor) => Promise<void>;
}
