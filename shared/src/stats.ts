/** Statistics of a range of days: what was refused, where, from where, why, by whom, and when. */
import { z } from "zod";
import { gateSchema } from "./reason.ts";

/** A day in UTC, as the counts are kept: 2026-11-22. */
export const daySchema = z.iso.date();

/** Longest range, in days: as long as daily counts are kept. */
export const MAX_RANGE_DAYS = 400;
/** Longest range whose timeline goes by the hour, in days: as many hours as one answer should hold. */
export const MAX_HOURLY_RANGE_DAYS = 31;
/** Most sources and agents named in one answer. */
export const MAX_TOP = 200;

/** Days in UTC, first and last included. */
export const statsRangeSchema = z
  .strictObject({
    from: daySchema,
    to: daySchema,
    timeline: z.enum(["hour", "day"]).default("day"),
    top: z.number().int().min(1).max(MAX_TOP).default(20),
  })
  .refine((range) => range.from <= range.to, { path: ["to"], message: "expected a day that is not before `from`" })
  .refine((range) => daysBetween(range.from, range.to) <= MAX_RANGE_DAYS, {
    path: ["from"],
    message: `expected at most ${MAX_RANGE_DAYS} days`,
  })
  .refine((range) => range.timeline === "day" || daysBetween(range.from, range.to) <= MAX_HOURLY_RANGE_DAYS, {
    path: ["timeline"],
    message: `expected at most ${MAX_HOURLY_RANGE_DAYS} days for a timeline by the hour`,
  });
export type StatsRange = z.infer<typeof statsRangeSchema>;

const messages = z.number().int().nonnegative();

/** Messages refused, and those observe mode would have refused. */
export const countedSchema = z.strictObject({ name: z.string(), refused: messages, wouldRefuse: messages });
export type Counted = z.infer<typeof countedSchema>;

/** A source, the country it is registered in ("" when that is not known) and the gate that refused most of it. */
export const rankedSourceSchema = z.strictObject({
  source: z.string(),
  country: z.string(),
  gate: gateSchema.optional(),
  refused: messages,
  wouldRefuse: messages,
});
export type RankedSource = z.infer<typeof rankedSourceSchema>;

/** A user agent; wire text. */
export const rankedAgentSchema = z.strictObject({ agent: z.string(), refused: messages, wouldRefuse: messages });
export type RankedAgent = z.infer<typeof rankedAgentSchema>;

export const statsSchema = z.strictObject({
  from: daySchema,
  to: daySchema,
  asOfMs: z.number(),
  refused: messages,
  wouldRefuse: messages,
  blocksBegun: messages,
  deniedForGood: messages,
  /** Each the busiest first. A country is an ISO 3166-1 code, or "" when it is not known. */
  endpoints: z.array(countedSchema),
  countries: z.array(countedSchema),
  gates: z.array(countedSchema),
  /** Every step of the range in order, also those in which nothing happened: 2026-11-22 or 2026-11-22T13, UTC. */
  timeline: z.array(countedSchema),
  /** The busiest of those refused. */
  sources: z.array(rankedSourceSchema),
  agents: z.array(rankedAgentSchema),
  /** False when a day had more sources than are read for a range: then the sums of `sources` are lower bounds. */
  sourcesAreComplete: z.boolean(),
});
export type Stats = z.infer<typeof statsSchema>;

/** Number of days of a range, first and last included. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}
