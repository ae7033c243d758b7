/** The log of events as it is asked for: narrowed, page by page into the past, as a file, and as the beginning of a rule. */
import { z } from "zod";
import { networkSchema } from "./address.ts";
import { eventKinds, eventSchema } from "./event.ts";
import { countryCodeSchema } from "./list-page.ts";
import { gateSchema } from "./reason.ts";
import { settingsPatchSchema } from "./settings.ts";

/** Rows of one page at most. */
export const MAX_EVENT_ROWS = 200;
/** Rows of one piece of an export. */
export const EXPORT_ROWS = 2000;
/** Sources a rule is made of at once: as many as a person can look through. */
export const MAX_RULE_SOURCES = 200;

/** Sources with phones that are named. */
export const MAX_NAMED_PHONES = 20;

const some = <Item extends z.ZodType>(item: Item) => z.array(item).max(50).optional();

export const eventConditionsSchema = z.strictObject({
  gates: some(gateSchema),
  kinds: some(z.enum(eventKinds)),
  countries: z.array(countryCodeSchema).max(300).optional(),
  endpoints: some(z.string().max(100)),
  hosts: some(z.string().max(255)),
  accounts: some(z.string().max(256)),
  agents: some(z.string().min(1).max(256)),
  networks: some(networkSchema),
});
export const eventFilterSchema = z.strictObject({
  only: eventConditionsSchema.optional(),
  except: eventConditionsSchema.optional(),
});

/** Where in the log: a batch, and the event of it that was had last. */
const placeSchema = z
  .string()
  .regex(/^\d{1,15}-\d{1,10}(:\d{1,6})?$/, "expected the place an answer named as the next");

/** What of the log is meant; events happen at or after `fromMs` and before `toMs`. */
const stretch = {
  filter: eventFilterSchema.default({}),
  fromMs: z.number().int().nonnegative().default(0),
  toMs: z.number().int().nonnegative().optional(),
};

export const eventPageInput = z.strictObject({
  ...stretch,
  limit: z.number().int().min(1).max(MAX_EVENT_ROWS).default(50),
  place: placeSchema.optional(),
});
export type EventPageInput = z.infer<typeof eventPageInput>;

export const eventRowSchema = z.strictObject({ key: z.string(), event: eventSchema });
export type EventRow = z.infer<typeof eventRowSchema>;

/** What the log holds at all. */
export const logReachSchema = z.strictObject({
  /** When the oldest batch that is kept was written; absent while there is none. */
  heldSinceMs: z.number().optional(),
  /** True once older ones had to make room: what happened before is not in the log any more. */
  hasDropped: z.boolean(),
});
export type LogReach = z.infer<typeof logReachSchema>;

export const eventPageOutput = logReachSchema.extend({
  /** The newest first. */
  rows: z.array(eventRowSchema),
  /** Where the next page begins; absent at the end. A page may be short, even empty, and have a next one. */
  next: placeSchema.optional(),
  /** How far back this page has looked. */
  searchedToMs: z.number(),
});
export type EventPage = z.infer<typeof eventPageOutput>;

export const eventExportInput = z.strictObject({
  ...stretch,
  format: z.enum(["csv", "json"]),
  /** As the piece before named it. */
  next: z.strictObject({ place: placeSchema, rows: z.number().int().nonnegative() }).optional(),
});
export type EventExportInput = z.infer<typeof eventExportInput>;
/** The pieces put together are the file; without `next` it is whole. */
export const eventExportOutput = z.strictObject({
  text: z.string(),
  rows: z.number().int().nonnegative(),
  next: eventExportInput.shape.next,
});
export type EventExport = z.infer<typeof eventExportOutput>;

/** What a rule is made of; for an agent and a country its value is named. */
export const ruleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("deny-sources") }),
  z.strictObject({ kind: z.literal("block-agent"), agent: z.string().trim().min(2).max(100) }),
  z.strictObject({ kind: z.literal("deny-country"), country: z.string().regex(/^[A-Z]{2}$/) }),
]);
export type Rule = z.infer<typeof ruleSchema>;
export const ruleInput = z.strictObject({ ...stretch, rule: ruleSchema });
export type RuleInput = z.infer<typeof ruleInput>;

/** What speaks against denying a source. */
export const sourceStandings = [
  "open",
  /** Holds an address that must stay reachable; denying it is refused. */
  "guarded",
  /** On the allowlist, which goes before. */
  "allowed",
  "denied-already",
  /** Phones are registered from there, or one with an old password is there beside others. */
  "has-phones",
] as const;

export const ruleSourceSchema = z.strictObject({
  source: z.string(),
  country: z.string().max(2),
  messages: z.number().int().nonnegative(),
  lastMs: z.number(),
  standing: z.enum(sourceStandings),
});
export type RuleSource = z.infer<typeof ruleSourceSchema>;

export const ruleDangers = [
  /** Who asks would be refused too. */
  "your-country",
  /** Registered phones would be refused. */
  "phones",
  /** Short beginnings fit phones as well as tools. */
  "short-agent",
  /** Geo protection covers all traffic of the host, mail and archive servers too. */
  "whole-host",
  /** The country was among those that alone are allowed. */
  "allow-mode",
  /** Without it nobody would be allowed: it cannot be done. */
  "last-allowed-country",
] as const;

export const ruleOfferSchema = z.strictObject({
  /** The busiest first, at most MAX_RULE_SOURCES. */
  sources: z.array(ruleSourceSchema),
  /** Of all sources the rule would meet in this view. */
  sourcesTotal: z.number().int().nonnegative(),
  messages: z.number().int().nonnegative(),
  /** How far back the log was looked through, and whether that is all of the view. */
  sinceMs: z.number(),
  isWhole: z.boolean(),
  /** What to change in the settings; absent where the rule is of the denylist, and where nothing is to be changed. */
  patch: settingsPatchSchema.pick({ blockedAgents: true, geoMode: true, geoCountries: true }).optional(),
  dangers: z.array(z.enum(ruleDangers)),
  /** Where phones or trunks are registered that would be refused; those on the allowlist are not among them. */
  phones: z.strictObject({
    sources: z.number().int().nonnegative(),
    accounts: z.number().int().nonnegative(),
    /** Some of the sources. */
    named: z.array(z.string()).max(MAX_NAMED_PHONES),
  }),
});
export type RuleOffer = z.infer<typeof ruleOfferSchema>;
