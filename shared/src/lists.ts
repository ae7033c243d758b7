/** The operator's allowlist and denylist: what an entry is. */
import { z } from "zod";
import { networkSchema } from "./address.ts";

export const listNames = ["allow", "deny"] as const;
export type ListName = (typeof listNames)[number];
export const listNameSchema = z.enum(listNames);

/** Longest note kept with an entry, in characters: two lines on a page. */
export const MAX_NOTE_CHARACTERS = 500;

/** One network on a list. Times are epoch seconds, as in the product's JSON export. */
export const listEntrySchema = z.strictObject({
  network: networkSchema,
  note: z.string().max(MAX_NOTE_CHARACTERS).default(""),
  addedAtSeconds: z.number().int().nonnegative(),
  addedBy: z.string().max(200),
  /** When the entry stops counting; absent means never. */
  expiresAtSeconds: z.number().int().positive().optional(),
});
export type ListEntry = z.infer<typeof listEntrySchema>;
