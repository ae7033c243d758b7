/** Changes of the settings as pages make them: on the values they saw, and dangerous ones undone unless confirmed in time. */
import { z } from "zod";
import { settingsPatchSchema, settingsSchema } from "./settings.ts";
import { dangerSchema } from "./settings-danger.ts";

/** Settings to change, and the values whoever changes them saw. */
export const settingsChangeSchema = z.strictObject({
  patch: settingsPatchSchema,
  /** Refused when one of them is another by now. */
  from: settingsPatchSchema,
});

/** A change that is in force and will be undone, unless somebody confirms it. */
export const pendingChangeSchema = z.strictObject({
  id: z.string().max(40),
  /** Who made it. */
  by: z.string().max(200),
  atMs: z.number(),
  /** When it is undone. */
  untilMs: z.number(),
  before: settingsPatchSchema,
  after: settingsPatchSchema,
  dangers: z.array(dangerSchema),
});
export type PendingChange = z.infer<typeof pendingChangeSchema>;

/** How a pending change ended last, so that whoever opens the page later learns of it. */
export const endedChangeSchema = z.strictObject({
  id: z.string().max(40),
  how: z.enum(["confirmed", "undone", "undone-by-time"]),
  by: z.string().max(200),
  atMs: z.number(),
});
export type EndedChange = z.infer<typeof endedChangeSchema>;

export const settingsAppliedSchema = z.strictObject({
  settings: settingsSchema,
  warnings: z.array(z.string()),
  /** Present when the change has to be confirmed. */
  pending: pendingChangeSchema.nullable(),
});
export type SettingsApplied = z.infer<typeof settingsAppliedSchema>;

export const pendingViewSchema = z.strictObject({
  pending: pendingChangeSchema.nullable(),
  /** The last one that ended, for ten minutes. */
  ended: endedChangeSchema.nullable(),
});
export type PendingView = z.infer<typeof pendingViewSchema>;
