/** What an operator did wrong, in a form every face of the product can show: a code, what was wrong, and the remedy. */
import type { GuardFact } from "./guard.ts";

/** The closed list of codes. A client translates by code and never shows server text as is. */
export const errorCodes = [
  "bad-address",
  "bad-network",
  "bad-setting",
  "bad-boot-setting",
  "bad-list-entry",
  "guarded-network",
  "not-found",
  "already-there",
  "store-unreachable",
  /** The web server does not reach the control server: no procedure can be called. */
  "control-away",
  "not-permitted",
  "missing-program",
  "kernel-refused",
  "bad-date",
  "bad-notification",
  "channel-failed",
  "bad-feed",
  /** A backup is damaged, cut off, of a newer version, or none at all. */
  "bad-backup",
  /** A file of keys in the state folder, or the one the operator named, cannot be used. */
  "bad-key-file",
  /** What is sealed in the store was sealed under a key this host does not have. */
  "sealed-secret",
  /** What was sent does not have the shape that was asked for; `fields` of the answer says where. */
  "bad-input",
  "too-large",
  "too-many-requests",
  "cross-site",
  "not-signed-in",
  "wrong-credentials",
  "too-many-attempts",
  "second-factor-needed",
  "wrong-second-factor",
  "password-change-needed",
  /** Somebody else changed it since it was shown; nothing was written. */
  "changed-meanwhile",
  "weak-password",
  /** The name and the password are right, and an administrator has switched the account off. */
  "account-disabled",
  "last-administrator",
  /** Something large and final: it must be confirmed as it is now. */
  "confirmation-needed",
  /** What was set did not work and was taken back. */
  "taken-back",
  /** A dangerous change waits for its confirmation; one at a time. */
  "change-pending",
  /** It would cut off whoever asks for it. */
  "lock-out",
  /** The file is no picture of a kind that is taken. */
  "bad-picture",
  /** A mistake of ours; its text stays in the log. */
  "unexpected",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The facts of an operator's mistake: the field, the value as given, what was expected, what to do. */
export interface ErrorFacts {
  readonly field?: string;
  readonly value?: string;
  readonly expected?: string;
  readonly remedy?: string;
  /** When it is worth trying again, in milliseconds from now. */
  readonly waitMs?: number;
  /** What a guard protects, with `guarded-network`. */
  readonly guard?: GuardFact;
}

/**
 * An error an operator can act on. `message` is one English sentence; `facts` name the field, the value and the remedy.
 *
 * Never thrown for bytes from the network: those yield a flaw (see proxy/src/sip).
 */
export class SipprotError extends Error {
  override readonly name = "SipprotError";
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
  }
}
