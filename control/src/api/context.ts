/** What a procedure is called with: who calls, from where, and the services by their ports. Types only. */
import type { Role } from "@sipprot/shared/role";
import type { CallerSession } from "./actor.ts";
import type { AuditPort } from "./ports/audit.ts";
import type { AuthPort } from "./ports/auth.ts";
import type { BlocksPort } from "./ports/blocks.ts";
import type { BrandingPort } from "./ports/branding.ts";
import type { EventsPort } from "./ports/events.ts";
import type { FeedsPort } from "./ports/feeds.ts";
import type { HostsPort } from "./ports/hosts.ts";
import type { ListsPort } from "./ports/lists.ts";
import type { NotificationsPort } from "./ports/notifications.ts";
import type { ReportsPort } from "./ports/reports.ts";
import type { ServicesPort } from "./ports/services.ts";
import type { SettingsPort } from "./ports/settings.ts";
import type { SetupPort } from "./ports/setup.ts";
import type { StatsPort } from "./ports/stats.ts";
import type { TokensPort } from "./ports/tokens.ts";
import type { UsersPort } from "./ports/users.ts";

/** Somebody who proved who they are. */
export interface Caller {
  /** Name for the audit trail: `user:NAME` or `token:NAME`. */
  readonly name: string;
  readonly role: Role;
  /** Until the password is changed nothing else is allowed. */
  readonly mustChangePassword: boolean;
  /** The session of a person; absent for a token. */
  readonly session?: CallerSession;
}

/** The session cookie of the answer. */
export interface CookieJar {
  readonly set: (secret: string, endsAtMs: number) => void;
  readonly clear: () => void;
}

/** The services, by the ports the routers use. Each part adds its own. */
export interface Services {
  readonly audit: AuditPort;
  readonly auth: AuthPort;
  readonly blocks: BlocksPort;
  readonly branding: BrandingPort;
  readonly events: EventsPort;
  readonly feeds: FeedsPort;
  readonly hosts: HostsPort;
  readonly lists: ListsPort;
  readonly notifications: NotificationsPort;
  readonly reports: ReportsPort;
  readonly services: ServicesPort;
  readonly settings: SettingsPort;
  readonly setup: SetupPort;
  readonly stats: StatsPort;
  readonly tokens: TokensPort;
  readonly users: UsersPort;
}

export interface Context {
  readonly caller: Caller | undefined;
  /** Canonical address of the caller. */
  readonly address: string;
  /** User-Agent, cut; it is only shown. */
  readonly agent: string;
  readonly cookies: CookieJar;
  readonly services: Services;
  readonly nowMs: () => number;
  /** Told of what the audit trail or an answer could not hold. */
  readonly onTrouble: (error: unknown, facts: Record<string, unknown>) => void;
}
