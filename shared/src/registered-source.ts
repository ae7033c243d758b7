/** A source that phones registered from, as each host tells of it: for whoever wants to know whom a rule would hurt. */
import { z } from "zod";

/** Accounts named for one source; the number counts all. */
export const MAX_NAMED_ACCOUNTS = 20;
/** Different user agents kept for one source: an office has a few models. */
export const MAX_SOURCE_AGENTS = 8;
/** As much of an agent as is kept: what a rule compares is its beginning. */
export const MAX_SOURCE_AGENT_CHARACTERS = 100;

export const registeredSourceSchema = z.strictObject({
  /** Those that registered last, by name; wire text. */
  accounts: z.array(z.string().max(256)).max(MAX_NAMED_ACCOUNTS),
  accountCount: z.number().int().nonnegative(),
  agents: z.array(z.string().max(MAX_SOURCE_AGENT_CHARACTERS)).max(MAX_SOURCE_AGENTS),
  /** The hour in which it was last registered from. */
  lastAtMs: z.number(),
  /** True where the PBX accepted calls, too. */
  isTrunk: z.boolean(),
});
export type RegisteredSource = z.infer<typeof registeredSourceSchema>;
