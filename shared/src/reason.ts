/** Why a message was refused: the gate by name and the numbers it decided on; the same facts in code, CLI, pages, mails and metrics. */
import { z } from "zod";
import { type Gate, gates } from "./gate.ts";

export { type Gate, gates };
export const gateSchema = z.enum(gates);

/** What kind of guessing was seen. */
export const guessingKinds = [
  /** The source has no attempt credit left: its window of wrong guesses is used up. */
  "credit",
  /** One account keeps failing at this source; the account is refused there, its neighbours are not. */
  "account",
  /** The account fails at many sources at once; sources that never registered it share one credit. */
  "shared-account",
  /** Many different accounts were challenged and none answered. */
  "enumeration",
  /** Calls without credentials to many different numbers. */
  "toll-fraud",
] as const;
export type GuessingKind = (typeof guessingKinds)[number];

const count = z.number().nonnegative();
const wireText = z.string().max(256);

/** A refusal's gate and numbers. Texts taken from the wire are at most 256 characters and must be escaped where shown. */
export const reasonSchema = z.discriminatedUnion("gate", [
  z.strictObject({ gate: z.literal("denied"), network: z.string() }),
  z.strictObject({ gate: z.literal("blocked"), untilMs: count, because: gateSchema }),
  z.strictObject({ gate: z.literal("country"), country: z.string(), mode: z.enum(["allow", "deny"]) }),
  z.strictObject({
    gate: z.literal("flood"),
    messagesPerSecond: count,
    burstMessages: count,
    /** All unknown sources together; without it the source alone. */
    of: z.literal("strangers").optional(),
  }),
  z.strictObject({ gate: z.literal("malformed"), flaw: z.string() }),
  z.strictObject({ gate: z.literal("scanner"), agent: wireText, pattern: wireText }),
  z.strictObject({
    gate: z.literal("guessing"),
    kind: z.enum(guessingKinds),
    seen: count,
    limit: count,
    windowSeconds: count,
    account: wireText.optional(),
  }),
]);
export type Reason = z.infer<typeof reasonSchema>;

/** One English sentence for logs and the CLI. Wire texts are quoted with control characters escaped. */
export function explainReason(reason: Reason): string {
  switch (reason.gate) {
    case "denied":
      return `on the denylist as ${reason.network}`;
    case "blocked":
      return `blocked (${reason.because}) until ${new Date(reason.untilMs).toISOString()}`;
    case "country":
      return reason.mode === "deny"
        ? `country ${reason.country} is denied`
        : `country ${reason.country} is not among the allowed ones`;
    case "flood":
      return reason.of === "strangers"
        ? `unknown sources together send more than ${reason.messagesPerSecond} messages a second; it passes when it is sent again`
        : `more than ${reason.messagesPerSecond} messages a second (burst ${reason.burstMessages})`;
    case "malformed":
      return `malformed message: ${reason.flaw}`;
    case "scanner":
      return `user agent ${JSON.stringify(reason.agent)} matches ${JSON.stringify(reason.pattern)}`;
    case "guessing":
      return explainGuessing(reason);
  }
}

function explainGuessing(reason: Extract<Reason, { gate: "guessing" }>): string {
  const account = reason.account === undefined ? "an account" : `account ${JSON.stringify(reason.account)}`;
  const numbers = `${reason.seen} in ${reason.windowSeconds} s, limit ${reason.limit}`;
  switch (reason.kind) {
    case "credit":
      return `${reason.seen < reason.limit ? "" : "too many "}failed or unanswered sign-ins (${numbers})`;
    case "account":
      return `${account} keeps failing at this address (${numbers})`;
    case "shared-account":
      return `${account} is being guessed from many addresses (${numbers})`;
    case "enumeration":
      return `many accounts tried without an answer to the challenge (${numbers})`;
    case "toll-fraud":
      return `calls without credentials to many numbers (${numbers})`;
  }
}
