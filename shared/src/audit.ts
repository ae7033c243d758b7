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

/** A record as given to the store, which numbers it. */
export type NewAuditRecord = Omit<AuditRecord, "id">;
