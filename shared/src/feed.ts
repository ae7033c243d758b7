/** Feeds: denylists kept by others, fetched from an address on a schedule. */
import { z } from "zod";

export const feedIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected letters, digits and -, such as spam-list");

export const feedSchema = z.strictObject({
  /** Entries on the denylist are marked `feed:ID`. */
  id: feedIdSchema,
  name: z.string().trim().min(1).max(100),
  /** Why it is subscribed, or whom to ask; for people. */
  note: z.string().trim().max(500).default(""),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""), {
      message: "expected an address without a name and password in it",
    }),
  /** Which column has the address, where a line has several; 1 is the first. */
  column: z.number().int().min(1).max(50).default(1),
  intervalMinutes: z.number().int().min(15).max(10_080).default(360),
  /** Off fetches nothing; what is on the denylist stays. */
  isOn: z.boolean().default(true),
});
export type Feed = z.infer<typeof feedSchema>;

/** A feed as it shall be. */
export const feedChangeSchema = z.strictObject({
  ...feedSchema.shape,
  /** As it was seen before: when somebody else changed it meanwhile, nothing is written over it. */
  seen: feedSchema.optional(),
});
export type FeedChange = z.infer<typeof feedChangeSchema>;

/** Why a fetch was not taken, for pages that say it in the reader's language. */
export const feedFailureKinds = [
  "answer",
  "unreachable",
  "late",
  "redirected-too-often",
  "redirected-nowhere",
  "redirected-unsafe",
  "redirected-inside",
  "compressed",
  "too-large",
  "cut-off",
  "empty",
  "no-list",
  "too-many",
  "too-wide",
  "reserved",
  "own-address",
  "list-full",
  "other",
] as const;
export const feedFailureSchema = z.strictObject({
  kind: z.enum(feedFailureKinds),
  /** What it is about: the answer, the network, the number; foreign text, at most 300 characters. */
  value: z.string().max(300),
});
export type FeedFailure = z.infer<typeof feedFailureSchema>;

/** Lines that are no network, of which the first are kept to be looked at. */
export const MAX_BAD_LINES_SHOWN = 5;
/** As much of such a line as is kept. */
export const MAX_BAD_LINE_CHARACTERS = 100;

export const feedBadLineSchema = z.strictObject({
  /** From 1. */
  line: z.number().int().positive(),
  /** Foreign text. */
  text: z.string().max(MAX_BAD_LINE_CHARACTERS),
});
export type FeedBadLine = z.infer<typeof feedBadLineSchema>;

export const feedStatusSchema = z.strictObject({
  /** `leaving` while the entries of a feed that was unsubscribed are taken off. */
  state: z.enum(["waiting", "ok", "failed", "leaving"]),
  /** One sentence; foreign text in it is at most 300 characters. */
  detail: z.string().max(500),
  /** Networks of the last good copy. */
  entries: z.number().int().nonnegative(),
  /** Networks not denied because the allowlist has them. */
  allowed: z.number().int().nonnegative(),
  /** Lines that are no network. */
  badLines: z.number().int().nonnegative(),
  /** The first of them. */
  firstBadLines: z.array(feedBadLineSchema).max(MAX_BAD_LINES_SHOWN).default([]),
  /** True when the server said that nothing changed since the copy we have. */
  isUnchanged: z.boolean().default(false),
  /** Why the last fetch was not taken; absent where it was. */
  failure: feedFailureSchema.optional(),
  triedAtMs: z.number().optional(),
  fetchedAtMs: z.number().optional(),
  nextTryAtMs: z.number().optional(),
});
export type FeedStatus = z.infer<typeof feedStatusSchema>;

/** What is being done with a feed at this moment. */
export const feedStageSchema = z.strictObject({
  stage: z.enum(["fetching", "applying", "leaving"]),
  sinceMs: z.number(),
});
export type FeedStage = z.infer<typeof feedStageSchema>;

export const feedViewSchema = z.strictObject({
  feed: feedSchema,
  status: feedStatusSchema,
  /** Absent while nothing is being done with it. */
  work: feedStageSchema.optional(),
});
export type FeedView = z.infer<typeof feedViewSchema>;
