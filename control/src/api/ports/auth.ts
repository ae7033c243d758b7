/** Signing in and what belongs to one's own account, as the procedures use it. */
import type { SessionInfo, User } from "@sipprot/shared/account";
import type { Preferences } from "@sipprot/shared/preferences";
import type { Actor, CallerSession } from "../actor.ts";

export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/** A new session: the secret goes into the cookie and nowhere else. */
export interface NewSession {
  readonly secret: string;
  readonly endsAtMs: number;
  readonly user: User;
}

export interface SecondFactorOffer {
  readonly secret: string;
  /** `otpauth://` address for the QR code. */
  readonly uri: string;
}

export interface AuthPort {
  readonly signIn: (given: Credentials, agent: string, actor: Actor) => Promise<NewSession>;
  readonly signOut: (session: CallerSession, actor: Actor) => Promise<void>;
  readonly me: (session: CallerSession) => Promise<User>;
  /** Replaces all of them; what is left out is as the browser says. */
  readonly setPreferences: (session: CallerSession, preferences: Preferences, actor: Actor) => Promise<User>;
  /** Ends all sessions of the account and opens a new one. */
  readonly changePassword: (
    session: CallerSession,
    given: { readonly password: string; readonly newPassword: string; readonly code?: string | undefined },
    agent: string,
    actor: Actor,
  ) => Promise<NewSession>;
  /** Sessions of this account, or of all. */
  readonly sessions: (session: CallerSession, ofAll: boolean, nowMs: number) => Promise<SessionInfo[]>;
  /** Ends a session: one's own, or with `ofAll` anybody's. */
  readonly revokeSession: (session: CallerSession, id: string, ofAll: boolean, actor: Actor) => Promise<void>;
  /** Ends all of one's own but the present one; answers how many there were. */
  readonly revokeOtherSessions: (session: CallerSession, actor: Actor) => Promise<{ ended: number }>;
  /** Asks for the password; the second factor counts once it is confirmed by a code. */
  readonly offerSecondFactor: (session: CallerSession, password: string, actor: Actor) => Promise<SecondFactorOffer>;
  readonly confirmSecondFactor: (
    session: CallerSession,
    code: string,
    actor: Actor,
  ) => Promise<{ recoveryCodes: string[] }>;
  /** New recovery codes; the old ones let nobody in any more. */
  readonly renewRecoveryCodes: (
    session: CallerSession,
    given: { readonly password: string; readonly code: string },
    actor: Actor,
  ) => Promise<{ recoveryCodes: string[] }>;
  readonly removeSecondFactor: (
    session: CallerSession,
    given: { readonly password: string; readonly code: string },
    actor: Actor,
  ) => Promise<void>;
}
