/** The audit trail: who changed what, when, from where, with what was there before and after. */
import { z } from "zod";

/** Longest JSON text kept of an input, a before or an after; two of a hundred list entries would not fit. */
export const MAX_AUDIT_TEXT = 2000;

export const auditRecordSchema = z.strictObject({
  /** Id in the stream. */
  id: z.string(),
  atMs: z.number(),
  /** `user:NAME`, `token:NAME`, `NAME (cli)`. */
  by: z.string(),
  /** Address the call came from; empty for the command line. */
  from: z.string(),
  /** The procedure, such as `lists.add`. */
  action: z.string(),
  /** `done`, or the code of the error. */
  outcome: z.string(),
  /** JSON texts, secrets left out, cut at MAX_AUDIT_TEXT. */
  input: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/** Which records are wanted; what is left out narrows nothing. */
export const auditFilterSchema = z.strictObject({
  /** Part of who. */
  by: z.string().max(200).optional(),
  /** Part of the procedure's name: `lists.` is all that was done to lists. */
  action: z.string().max(100).optional(),
  /** Part of the address, of what was given, or of what was there before or after. */
  search: z.string().max(256).optional(),
  outcome: z.enum(["done", "failed"]).optional(),
  /** Earlier ones are left out. */
  sinceMs: z.number().optional(),
  /** This and later ones are left out. */
  untilMs: z.number().optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditFormats = ["csv", "jsonl"] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** A record as given to the store, which numbers it. */
export type NewAuditRecord = Omit<AuditRecord, "id">;
