/** What is asked of the lists beyond their pages, and what is answered: the vocabulary of pages, CLI and other programs. */
import { z } from "zod";
import { networkSchema } from "./address.ts";
import { guardKinds } from "./guard.ts";
import { fileReportSchema } from "./list-file.ts";
import { listFilterSchema, listRowSchema } from "./list-page.ts";
import { listEntrySchema, listNameSchema, MAX_NOTE_CHARACTERS } from "./lists.ts";

/** Networks added in one call: one step of the store. */
export const MAX_ADDED = 1000;
/** Networks removed in one call; for more, remove by a file or remove all. */
export const MAX_REMOVED = 10_000;
/** Rows that may be left out when all others that match go. */
export const MAX_EXCEPT = 10_000;
/** Networks looked up or considered in one call: they fit in an address. */
export const MAX_ASKED = 100;
/** Bytes of one piece of a file: its base64 fits in a request. */
export const MAX_PIECE_BYTES = 512 * 1024;
/** Ten years: whoever means longer means for good. */
const MAX_FOR_SECONDS = 3650 * 86_400;

const note = z.string().max(MAX_NOTE_CHARACTERS);
const count = z.number().int().nonnegative();

export const listCountsSchema = z.strictObject({ allow: count, deny: count });

export const listAdditionSchema = z.strictObject({
  list: listNameSchema,
  networks: z.array(networkSchema).min(1).max(MAX_ADDED),
  note: note.default(""),
  /** How long they count; without, until removed. */
  forSeconds: z.number().int().min(1).max(MAX_FOR_SECONDS).optional(),
  /** Refuses with `already-there` what has an entry; without, that gets the new note and time. */
  onlyNew: z.boolean().default(false),
});
export type ListAddition = z.infer<typeof listAdditionSchema>;

export const listAddedSchema = z.strictObject({
  networks: z.array(networkSchema),
  added: count,
  updated: count,
  /** Keys of blocks lifted because their source is allowed now. */
  liftedBlocks: z.array(z.string()),
  /** Allowed networks inside what is denied now; they stay allowed. At most 100 are named. */
  stillAllowed: z.array(z.string()),
});
export type ListAdded = z.infer<typeof listAddedSchema>;

export const listEditSchema = z.strictObject({
  list: listNameSchema,
  network: networkSchema,
  note: note.optional(),
  /** `null` means until removed; left out, it stays as it is. */
  expiresAtSeconds: z.number().int().positive().nullable().optional(),
  /** The entry as it was shown: refused with `changed-meanwhile` when it is another by now. */
  seen: z.strictObject({ note, expiresAtSeconds: z.number().int().positive().nullable() }).optional(),
});
export type ListEdit = z.infer<typeof listEditSchema>;
export const listEditedSchema = z.strictObject({ before: listEntrySchema, after: listEntrySchema });

export const listRemovalSchema = z.strictObject({
  list: listNameSchema,
  networks: z.array(networkSchema).min(1).max(MAX_REMOVED),
});
export type ListRemoval = z.infer<typeof listRemovalSchema>;
/** `undo` names the removal for five minutes; absent when nothing was there. */
export const removedSchema = z.strictObject({ removed: count, undo: z.string().optional() });
export type Removed = z.infer<typeof removedSchema>;

/** Takes a removal back, by the name it was given. */
export const restorationSchema = z.strictObject({ list: listNameSchema, undo: z.uuid() });
export type Restoration = z.infer<typeof restorationSchema>;
export const restoredSchema = z.strictObject({
  restored: count,
  /** Networks that somebody put on the list since: theirs stay. */
  present: count,
  /** Networks that the guards do not let back. */
  refused: count,
});
export type Restored = z.infer<typeof restoredSchema>;

export const listLookSchema = z.strictObject({
  list: listNameSchema,
  networks: z.array(networkSchema).min(1).max(MAX_ASKED),
});
/** The entries of exactly these networks, of those that have one. */
export const listFoundSchema = z.array(listRowSchema);

/** What putting a network on a list would mean, as things are now. */
export const considerationSchema = z.strictObject({
  network: networkSchema,
  /** How many addresses it has; above 2^53 no longer exact. */
  addresses: z.number(),
  /** True when it is so large that one should look twice. */
  isWide: z.boolean(),
  /** Its own entry, when it has one. */
  present: listEntrySchema.optional(),
  /** The smallest wider network on the same list: it says the same already. */
  heldBy: listEntrySchema.optional(),
  /** How many entries of the same list lie inside. */
  inside: count,
  /** The smallest network on the other list that holds it. */
  otherHolds: listEntrySchema.optional(),
  /** How many entries of the other list lie inside. */
  otherInside: count,
  /** For the allowlist: blocks that would be lifted. */
  blocks: count,
  /** The guard that refuses it. */
  guard: z.strictObject({ kind: z.enum(guardKinds), network: networkSchema.optional() }).optional(),
});
export type Consideration = z.infer<typeof considerationSchema>;
export const considerationsSchema = z.array(considerationSchema);

/** A promise to remove exactly so many entries, good for a minute and for whoever asked. */
export const confirmationOfferSchema = z.strictObject({ confirmation: z.string(), count, endsAtMs: z.number() });
export type ConfirmationOffer = z.infer<typeof confirmationOfferSchema>;
/** All of a list, or all that a filter shows. */
export const removalQuestionSchema = z.strictObject({ list: listNameSchema, filter: listFilterSchema.optional() });
export type RemovalQuestion = z.infer<typeof removalQuestionSchema>;
export const removeAllSchema = removalQuestionSchema.extend({
  confirmation: z.string().max(200),
  /** Networks that stay although the filter shows them. */
  except: z.array(networkSchema).max(MAX_EXCEPT).default([]),
});
export type RemoveAll = z.infer<typeof removeAllSchema>;

export const exportPlaceSchema = z.strictObject({ after: networkSchema, withExpiry: z.boolean() });
export type ExportPlace = z.infer<typeof exportPlaceSchema>;
export const exportInputSchema = z.strictObject({ list: listNameSchema, place: exportPlaceSchema.optional() });
/** The pieces put together are the file; without `next` it is whole. */
export const exportOutputSchema = z.strictObject({ csv: z.string(), next: exportPlaceSchema.optional() });
export type ExportPiece = z.infer<typeof exportOutputSchema>;

/** What a file is sent for. A trial says what would become of it, and changes nothing. */
export const filePurposeSchema = z.enum(["import", "removal", "import-trial", "removal-trial"]);
export type FilePurpose = z.infer<typeof filePurposeSchema>;
export const fileBeginSchema = z.strictObject({ list: listNameSchema, purpose: filePurposeSchema });
export const fileBegunSchema = z.strictObject({ file: z.string() });
export const filePieceSchema = z.strictObject({
  file: z.string().max(100),
  /** 0, 1, 2 …: a piece that arrives twice is taken once. */
  number: count,
  /** The bytes as base64: they are not text until we know their encoding. */
  data: z
    .base64()
    .min(1)
    .max(Math.ceil(MAX_PIECE_BYTES / 3) * 4),
});
export type FilePiece = z.infer<typeof filePieceSchema>;
export const fileEndSchema = z.strictObject({ file: z.string().max(100) });
export { fileReportSchema };
