/** The pages of a list: what they can be sorted and filtered by, and what a row has. */
import { z } from "zod";
import { networkSchema } from "./address.ts";
import { listEntrySchema, listNameSchema, MAX_NOTE_CHARACTERS } from "./lists.ts";
import { pageInput, pageOutput } from "./page.ts";

export const listSorts = ["address", "time", "note", "addedBy", "country", "expiry"] as const;
export type ListSort = (typeof listSorts)[number];

/** ISO 3166-1; empty where the country is not known. */
export const countryCodeSchema = z.string().regex(/^([A-Z]{2})?$/);

/** All that is given must hold. */
export const listFilterSchema = z.strictObject({
  /** What a person types into one box: the beginning of an address, a part of the note, or what an entry holds. */
  search: z.string().max(MAX_NOTE_CHARACTERS).optional(),
  /** Exactly this network. */
  network: networkSchema.optional(),
  /** The entries that hold this address or network. */
  containing: networkSchema.optional(),
  /** The beginning of the address as text. */
  prefix: z.string().max(50).optional(),
  /** A part of the note; case and accents do not matter. */
  note: z.string().max(MAX_NOTE_CHARACTERS).optional(),
  /** In one of these countries; the empty text is "not known". */
  countries: z.array(countryCodeSchema).max(300).optional(),
});
export type ListFilter = z.infer<typeof listFilterSchema>;

export const listPageInput = pageInput(listSorts, listFilterSchema).extend({ list: listNameSchema });
export type ListPageInput = z.infer<typeof listPageInput>;

export const countrySchema = z.strictObject({ code: countryCodeSchema, name: z.string() });

export const listRowSchema = listEntrySchema.extend({ country: countrySchema });
export type ListRowOfPage = z.infer<typeof listRowSchema>;

export const listPageOutput = pageOutput(listRowSchema);
