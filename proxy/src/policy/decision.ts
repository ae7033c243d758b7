/** What the policy answers: pass, drop or hold, with gate and numbers; and what is to be done beside. */
import type { Block } from "@sipprot/shared/block";
import type { SipEvent } from "@sipprot/shared/event";
import type { Reason } from "@sipprot/shared/reason";

export interface Decision {
  /**
   * `pass` sends the message on, `drop` says nothing to anyone.
   * `hold` comes only for tcp and tls: too many messages or no credit just now; keep the message, stop reading the
   * connection and ask again at `retryAtMs` (over UDP the phone's own retransmission does that).
   */
  readonly verdict: "pass" | "drop" | "hold";
  /** Why it was refused; also set with `pass` when observe mode let through what protect mode refuses. */
  readonly reason: Reason | undefined;
  readonly retryAtMs: number;
}

/** What the shell has to do for the policy. */
export type Effect =
  /** A block began or was extended: store it, tell every host. */
  | { readonly kind: "block"; readonly block: Block }
  /** A block ended before its time, since the blocked account signed in well: forget it on every host. */
  | { readonly kind: "lift"; readonly source: string; readonly account: string | undefined }
  /** The source was blocked too often: put it on the denylist for good. */
  | { readonly kind: "deny"; readonly block: Block }
  /** A proven source had to be dropped again and again: give it to the kernel until `untilMs`. */
  | { readonly kind: "kernel-ban"; readonly source: string; readonly untilMs: number }
  /** One more failure of an account at a source that never registered it, for the count of all hosts together. */
  | { readonly kind: "account-failure"; readonly account: string; readonly atMs: number }
  | { readonly kind: "event"; readonly event: SipEvent };
