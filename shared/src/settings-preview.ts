/** What a change of the settings would have done in the last day, as far as what is stored can tell. */
import { z } from "zod";
import { gateSchema } from "./reason.ts";
import { settingNames } from "./settings.ts";

/** Sources and phones named in a preview; the numbers count all of them. */
export const MAX_PREVIEW_ROWS = 20;

const count = z.number().int().nonnegative();
const settingName = z.enum(settingNames as [(typeof settingNames)[number], ...(typeof settingNames)[number][]]);

/** One source and what would have become of it. */
export const previewSourceSchema = z.strictObject({
  source: z.string(),
  country: z.string(),
  /** What it said it was, last; wire text. */
  agent: z.string().max(256),
  /** The gate that would have refused it, or would not any more. */
  gate: gateSchema,
  messages: count,
  /** Accounts registered there. */
  accounts: count,
});
export type PreviewSource = z.infer<typeof previewSourceSchema>;

const groupSchema = z.strictObject({
  sources: count,
  messages: count,
  rows: z.array(previewSourceSchema).max(MAX_PREVIEW_ROWS),
});
export type PreviewGroup = z.infer<typeof groupSchema>;

/** Registered phones, and trunks, that would be refused. */
export const hurtSourceSchema = z.strictObject({
  source: z.string(),
  country: z.string(),
  gate: gateSchema,
  /** Some of the accounts; wire text. */
  accounts: z.array(z.string().max(256)),
  accountCount: count,
  isTrunk: z.boolean(),
  agents: z.array(z.string().max(256)),
});
export type HurtSource = z.infer<typeof hurtSourceSchema>;

export const settingsPreviewSchema = z.strictObject({
  fromMs: z.number(),
  toMs: z.number(),
  /** False when there was more than could be looked at in time: then `fromMs` is where it ended. */
  isWhole: z.boolean(),
  events: count,
  /** Refused with the new settings and not with those in force. */
  refused: groupSchema,
  /** Refused by those in force, and passed with the new. */
  passed: groupSchema,
  hurt: z.strictObject({ sources: count, accounts: count, rows: z.array(hurtSourceSchema).max(MAX_PREVIEW_ROWS) }),
  /** Of how many registered accounts the hosts told, and where; those on the allowlist are not among them. */
  registered: z.strictObject({ sources: count, accounts: count }),
  /** Changed settings of which nothing, or not both sides, is known from what is stored. */
  unknown: z.array(settingName),
  partly: z.array(settingName),
  /** Where whoever asks comes from, and whether the new countries refuse that; the allowlist is taken into account. */
  own: z.strictObject({ address: z.string(), country: z.string(), isRefused: z.boolean() }),
});
export type SettingsPreview = z.infer<typeof settingsPreviewSchema>;
