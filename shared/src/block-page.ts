/** The pages of the blocks, what lifting answers, and what is known of one address. */
import { z } from "zod";
import { networkSchema } from "./address.ts";
import { blockSchema, evidenceSchema } from "./block.ts";
import { eventSchema } from "./event.ts";
import { logReachSchema } from "./event-log.ts";
import { partHealthSchema } from "./host.ts";
import { countryCodeSchema, countrySchema } from "./list-page.ts";
import { listEntrySchema, listNameSchema } from "./lists.ts";
import { pageInput, pageOutput } from "./page.ts";
import { gateSchema } from "./reason.ts";

export const blockSorts = ["until", "since", "address", "country", "agent", "gate", "refused", "strikes"] as const;

export const blockFilterSchema = z.strictObject({
  /** The beginning of the source as text, or a part of the user agent or of the account. */
  search: z.string().max(256).optional(),
  countries: z.array(countryCodeSchema).max(300).optional(),
  gate: gateSchema.optional(),
  endpoint: z.string().max(100).optional(),
  /** Only blocks of a single account, or only those of whole sources. */
  isAccountOnly: z.boolean().optional(),
});

export const blockPageInput = pageInput(blockSorts, blockFilterSchema);
export type BlockPageInput = z.infer<typeof blockPageInput>;

/** The key of a block: its source, and the account behind a space where only that is refused. */
export const blockKeySchema = z.string().min(1).max(400);

/** A block as a row. Texts from the wire (agent, account) must be escaped where they are shown. */
export const blockRowSchema = blockSchema.omit({ evidence: true }).extend({
  key: blockKeySchema,
  secondsLeft: z.number().int().nonnegative(),
  /** Where the source is registered, by the database of the control plane when the block does not say. */
  place: countrySchema,
  explanation: z.string(),
});
export type BlockRow = z.infer<typeof blockRowSchema>;

export const blockPageOutput = pageOutput(blockRowSchema);

export const blockWithEvidenceSchema = blockRowSchema.extend({ evidence: z.array(evidenceSchema) });
export type BlockWithEvidence = z.infer<typeof blockWithEvidenceSchema>;

export const confirmationSchema = z.strictObject({
  host: z.string(),
  hasApplied: z.boolean(),
  /** How its kernel sets are, as read back; absent when the host does not tell. */
  kernel: partHealthSchema.shape.state.optional(),
});

export const liftedSchema = z.strictObject({
  /** Keys of the blocks that were there. */
  lifted: z.array(z.string()),
  /** One for each host that is alive, with what it says a moment later. */
  hosts: z.array(confirmationSchema),
  /** Denied networks that go on refusing the sources. */
  stillDenied: z.array(listEntrySchema),
});
export type Lifted = z.infer<typeof liftedSchema>;

export const liftedAndAllowedSchema = liftedSchema.extend({
  /** The entry that lets the source through: the new one, or one that was there and lasts longer. */
  entry: listEntrySchema,
});
export type LiftedAndAllowed = z.infer<typeof liftedAndAllowedSchema>;

/** Keys looked up in one call: they fit in an address. */
export const MAX_KEYS_ASKED = 100;
export const blockLookSchema = z.strictObject({ blocks: z.array(blockKeySchema).min(1).max(MAX_KEYS_ASKED) });
/** The keys of those that are in force. */
export const blocksFoundSchema = z.array(z.string());

export const matchingLiftSchema = z.strictObject({
  filter: blockFilterSchema.optional(),
  /** Keys of blocks that stay although the filter shows them. */
  except: z.array(blockKeySchema).max(10_000).default([]),
});
export type MatchingLift = z.infer<typeof matchingLiftSchema>;
export const liftedMatchingSchema = z.strictObject({
  lifted: z.number().int().nonnegative(),
  hosts: z.array(confirmationSchema),
});
export type LiftedMatching = z.infer<typeof liftedMatchingSchema>;

/** Longest time that lifting allows a source for: a week; for longer, put it on the allowlist. */
export const MAX_ALLOW_HOURS = 168;

/** What somebody did about an address. */
export const sourceChangeSchema = z.strictObject({
  kind: z.enum(["list-put", "list-remove", "block-lift"]),
  atMs: z.number(),
  by: z.string(),
  /** The entry, which may hold more than the address; for a lift the source. */
  network: z.string(),
  list: listNameSchema.optional(),
  note: z.string().optional(),
  account: z.string().optional(),
});
export type SourceChange = z.infer<typeof sourceChangeSchema>;

/** An account that is refused at an address whose other phones are not touched. */
export const refusedAccountSchema = z.strictObject({
  account: z.string(),
  untilMs: z.number(),
  /** It was told apart from a guesser: a phone that keeps an old password. */
  isStuckPhone: z.boolean(),
  agent: z.string(),
});
export type RefusedAccount = z.infer<typeof refusedAccountSchema>;

export const explanationSchema = z.strictObject({
  ...logReachSchema.shape,
  /** The address or network, canonical. */
  address: networkSchema,
  /** What it counts as: an IPv4 address itself, the /64 of an IPv6 address. */
  source: networkSchema,
  place: countrySchema,
  /** What is done with its messages now; the first that holds in the order of the gates. */
  verdict: z.enum(["allowed", "denied", "blocked", "country-refused", "account-blocked", "judged-by-message"]),
  /** True in observe mode: what would be refused is let through. */
  isObserving: z.boolean(),
  allow: z.array(listEntrySchema),
  deny: z.array(listEntrySchema),
  /** Those of the source; of a network also those of sources inside it. */
  blocks: z.array(blockWithEvidenceSchema),
  accounts: z.array(refusedAccountSchema),
  /** How often the source was blocked within 30 days, and when last. */
  strikes: z.number().int().nonnegative(),
  lastStrikeAtMs: z.number().optional(),
  /** When its block was last lifted by hand, within 7 days. */
  liftedAtMs: z.number().optional(),
  /** What happened lately, the newest first. */
  events: z.array(eventSchema),
  /** Events older than this were not looked at. */
  eventsSinceMs: z.number(),
  /** What people and hosts did about it lately, the newest first. */
  changes: z.array(sourceChangeSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;
