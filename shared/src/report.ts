/** The daily firewall report: who attacked whom, how, and how often it was refused. */
import { z } from "zod";
import { daySchema } from "./stats.ts";

const blocks = z.number().int().nonnegative();

export const reportRowSchema = z.strictObject({
  /** IPv4 address or IPv6 /64. */
  attacker: z.string(),
  /** ISO 3166-1 code, or "" when it is not known. */
  country: z.string(),
  countryName: z.string(),
  /** Gate and SIP method, such as `SCANNER:REGISTER`. */
  method: z.string(),
  /** Address that was attacked, without its port. */
  victim: z.string(),
  /** Messages refused. */
  blocks,
});
export type ReportRow = z.infer<typeof reportRowSchema>;

export const reportSchema = z.strictObject({
  host: z.string(),
  /** The day, UTC. */
  date: daySchema,
  /** By victim, then by attacker, as their addresses go. */
  rows: z.array(reportRowSchema),
  /** Refused messages of attackers beyond those a day names; part of the total. */
  unnamed: blocks,
  total: blocks,
});
export type Report = z.infer<typeof reportSchema>;

export const reportFormats = ["text", "csv", "html"] as const;
export type ReportFormat = (typeof reportFormats)[number];
export const reportLanguages = ["en", "fr"] as const;
export type ReportLanguage = (typeof reportLanguages)[number];
