/** A change to lists, blocks or settings, as it travels from whoever made it to every proxy. */
import { z } from "zod";
import { networkSchema } from "./address.ts";
import { blockSchema } from "./block.ts";
import { listEntrySchema, listNameSchema } from "./lists.ts";
import { settingsSchema } from "./settings.ts";

export const changeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("list-put"), list: listNameSchema, entries: z.array(listEntrySchema) }),
  z.strictObject({ kind: z.literal("list-remove"), list: listNameSchema, networks: z.array(networkSchema) }),
  /** One step of a large change: the networks it touched are in the stream of steps under this id, how they are now is in the list. */
  z.strictObject({ kind: z.literal("list-step"), list: listNameSchema, step: z.string().max(60) }),
  /** The whole list changed: read it again. */
  z.strictObject({ kind: z.literal("list-reload"), list: listNameSchema }),
  z.strictObject({ kind: z.literal("block-put"), block: blockSchema }),
  z.strictObject({ kind: z.literal("block-lift"), source: networkSchema, account: z.string().optional() }),
  z.strictObject({ kind: z.literal("settings"), settings: settingsSchema }),
]);
export type Change = z.infer<typeof changeSchema>;
