/** A dynamic block: a source (or one account at a source) refused for a while, with everything that explains it. */
import { z } from "zod";
import { networkSchema } from "./address.ts";
import { gateSchema, reasonSchema } from "./reason.ts";

export const transports = ["udp", "tcp", "tls"] as const;
export type Transport = (typeof transports)[number];
export const transportSchema = z.enum(transports);

/** A message that led to a block: as received, credentials masked, cut at MAX_EVIDENCE_BYTES, bytes as latin1. */
export const evidenceSchema = z.strictObject({
  atMs: z.number(),
  from: z.string(),
  transport: transportSchema,
  text: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Longest message kept as evidence; a REGISTER or INVITE with its SDP fits. */
export const MAX_EVIDENCE_BYTES = 2048;
/** Most messages kept with one block. */
export const MAX_EVIDENCE_MESSAGES = 5;

export const blockSchema = z.strictObject({
  /** IPv4 address or IPv6 /64, canonical. */
  source: networkSchema,
  /** Set when only this account is refused at the source. */
  account: z.string().max(256).optional(),
  gate: gateSchema,
  reason: reasonSchema,
  sinceMs: z.number(),
  untilMs: z.number(),
  /** True when the source showed that it receives what is sent to it; only then may the kernel or the denylist have it. */
  proven: z.boolean(),
  /** How many times this source was blocked within the time it is remembered, this one included. */
  strikes: z.number().int().positive(),
  /** Messages refused under this block so far, kernel drops included. */
  refused: z.number().int().nonnegative(),
  /** True once the source is dropped by the kernel. */
  inKernel: z.boolean(),
  agent: z.string().max(256),
  country: z.string().max(2).optional(),
  endpoint: z.string(),
  transport: transportSchema,
  /** Name of the host that decided. */
  host: z.string(),
  evidence: z.array(evidenceSchema).max(MAX_EVIDENCE_MESSAGES),
});
export type Block = z.infer<typeof blockSchema>;

/** The key a block is stored under: the source, and the account where only that is refused. */
export function blockKey(block: { readonly source: string; readonly account?: string | undefined }): string {
  return block.account === undefined ? block.source : `${block.source} ${block.account}`;
}
