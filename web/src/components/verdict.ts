/** What can be done with a message or a source. */
import type { EventKind } from "@sipprot/shared/event";

/** What an event tells, and what is done with an address now. */
export type Verdict =
  | EventKind
  | "passed"
  | "allowed"
  | "denied"
  | "blocked"
  | "country-refused"
  | "account-blocked"
  | "judged-by-message";
