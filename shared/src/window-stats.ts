/** Statistics of any stretch of time, from a quarter of an hour to a year, narrowed to a country, a gate or an endpoint. */
import { z } from "zod";
import { countryCodeSchema } from "./list-page.ts";
import { gateSchema } from "./reason.ts";
import { countedSchema, MAX_RANGE_DAYS, MAX_TOP, rankedAgentSchema, rankedSourceSchema } from "./stats.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Only what matches all that is given. */
export const statsFilterSchema = z.strictObject({
  country: countryCodeSchema.optional(),
  gate: gateSchema.optional(),
  endpoint: z.string().max(100).optional(),
});
export type StatsFilter = z.infer<typeof statsFilterSchema>;

/** From a time to before another. */
export const statsWindowSchema = z
  .strictObject({
    fromMs: z.number().int().nonnegative(),
    toMs: z.number().int().nonnegative(),
    filter: statsFilterSchema.default({}),
    top: z.number().int().min(1).max(MAX_TOP).default(10),
  })
  .refine((window) => window.toMs - window.fromMs >= MINUTE_MS, {
    path: ["toMs"],
    message: "expected a time at least a minute after `fromMs`",
  })
  .refine((window) => window.toMs - window.fromMs <= MAX_RANGE_DAYS * DAY_MS, {
    path: ["fromMs"],
    message: `expected at most ${MAX_RANGE_DAYS} days`,
  });
export type StatsWindow = z.infer<typeof statsWindowSchema>;

const messages = z.number().int().nonnegative();

const totalsSchema = z.strictObject({
  /** Messages let through; absent where a filter asks for what is not known of them. */
  passed: messages.optional(),
  refused: messages,
  wouldRefuse: messages,
  blocksBegun: messages,
  deniedForGood: messages,
  /** Blocks in force when it began; absent when it was not noted, or a filter is set. */
  blocksAtBegin: messages.optional(),
});
export type StatsTotals = z.infer<typeof totalsSchema>;

export const windowStatsSchema = z.strictObject({
  /** As really counted: to the minute lately, to the hour or the day where only that is kept. */
  fromMs: z.number(),
  toMs: z.number(),
  asOfMs: z.number(),
  now: totalsSchema,
  /** The same of the stretch just before, as long as this one. */
  before: totalsSchema,
  /** Length of one step of the timeline; the first and the last may lie in the stretch only in part. */
  stepMs: z.number(),
  /** Every step in order, also those in which nothing happened. */
  timeline: z.array(
    z.strictObject({
      atMs: z.number(),
      passed: messages.optional(),
      refused: z.partialRecord(gateSchema, messages),
      wouldRefuse: z.partialRecord(gateSchema, messages),
    }),
  ),
  /** Each the busiest first, and narrowed by the other filters, not by its own: so that another can be chosen. */
  endpoints: z.array(countedSchema),
  countries: z.array(countedSchema),
  gates: z.array(countedSchema),
  sources: z.array(rankedSourceSchema),
  agents: z.array(rankedAgentSchema),
  /** False when more sources came than are kept by name: then the sums of `sources` are lower bounds. */
  sourcesAreComplete: z.boolean(),
});
export type WindowStats = z.infer<typeof windowStatsSchema>;

/** Steps of a timeline, each with the longest stretch it serves: some seventy bars at most. */
const steps = [
  { stepMs: MINUTE_MS, upToMs: 65 * MINUTE_MS },
  { stepMs: 5 * MINUTE_MS, upToMs: 6 * HOUR_MS + 5 * MINUTE_MS },
  { stepMs: HOUR_MS, upToMs: 3 * DAY_MS },
  { stepMs: 3 * HOUR_MS, upToMs: 8 * DAY_MS },
  { stepMs: 12 * HOUR_MS, upToMs: 32 * DAY_MS },
] as const;

/** The step of the timeline of a stretch. */
export function chooseStep(lengthMs: number): number {
  const found = steps.find(({ upToMs }) => lengthMs <= upToMs);
  if (found !== undefined) return found.stepMs;
  return lengthMs <= 70 * DAY_MS ? DAY_MS : 7 * DAY_MS;
}
