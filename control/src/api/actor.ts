/** Who changes something through the server, and what they tell the audit trail of it. Types only. */
import type { Author } from "@sipprot/shared/store/list-store";

/** A person's session, as services name it. */
export interface CallerSession {
  readonly id: string;
  readonly user: string;
}

/** What a mutation tells the audit trail beyond its input. */
export interface Told {
  readonly before?: unknown;
  readonly after?: unknown;
  /** Who did it, where the call itself is what proves that: signing in. */
  readonly by?: string;
  /** Part of a longer piece of work whose end is recorded: leaves no record of its own when it is done, only when it fails. */
  readonly isPart?: boolean;
}

/** Who changes something, when and from where; services write their changes in this name. */
export interface Actor extends Author {
  /** Canonical address of the caller. */
  readonly address: string;
  /** Tells the audit trail what was there before and after. The last telling counts; secrets are taken out. */
  readonly tell: (told: Told) => void;
}
