/** What happened, told in batches: one event is one decision, or many alike within a second, counted. */
import { z } from "zod";
import { transportSchema } from "./block.ts";
import { gateSchema, reasonSchema } from "./reason.ts";

export const eventKinds = [
  /** Messages were refused. */
  "refused",
  /** Messages would have been refused; observe mode let them pass. */
  "would-refuse",
  /** A block began, was extended or ended. */
  "block-began",
  "block-extended",
  "block-ended",
  /** The source went on the denylist for good. */
  "denied-for-good",
  /** A sign-in failed; the message had been passed. */
  "sign-in-failed",
  /** One phone keeps an old password; nobody else at its address is touched. */
  "stuck-phone",
] as const;
export type EventKind = (typeof eventKinds)[number];

export const eventSchema = z.strictObject({
  kind: z.enum(eventKinds),
  /** When the first of the counted messages came. */
  atMs: z.number(),
  /** How many messages this event stands for. */
  count: z.number().int().positive(),
  host: z.string(),
  endpoint: z.string(),
  transport: transportSchema,
  source: z.string(),
  country: z.string().max(2).optional(),
  gate: gateSchema,
  reason: reasonSchema,
  proven: z.boolean(),
  method: z.string().max(32),
  agent: z.string().max(256),
  account: z.string().max(256).optional(),
});
export type SipEvent = z.infer<typeof eventSchema>;
