/**
 * What a backup is: a text of JSON lines. The first names the product, the format and the maker, then comes one record a
 * line in the order of `recordKinds`, and the last has the number of records and their checksum.
 *
 * Rule: a record holds no secret, and none that would be one beside another.
 */
import { userSchema } from "@sipprot/shared/account";
import { networkSchema } from "@sipprot/shared/address";
import { auditRecordSchema } from "@sipprot/shared/audit";
import { blockSchema } from "@sipprot/shared/block";
import { brandingSchema, logoFileSchema } from "@sipprot/shared/branding";
import { SipprotError } from "@sipprot/shared/errors";
import { feedIdSchema, feedSchema } from "@sipprot/shared/feed";
import type { ListEntry } from "@sipprot/shared/lists";
import { notificationSettingsSchema } from "@sipprot/shared/notification";
import { preferencesSchema } from "@sipprot/shared/preferences";
import { acceptEntry } from "@sipprot/shared/store/list-entry-text";
import { z } from "zod";

/** Grows with everything that an older version could not read. */
export const BACKUP_FORMAT = 1;
/** A block with all its messages, each byte of them escaped, needs a seventh of it. */
export const MAX_LINE_BYTES = 512 * 1024;

export const backupHeaderSchema = z.strictObject({
  kind: z.literal("sipprot-backup"),
  format: z.number().int().positive(),
  /** Version of the product that made it. */
  version: z.string().max(40),
  /** Host it was made on. */
  host: z.string().max(253),
  madeAtMs: z.number(),
});
export type BackupHeader = z.infer<typeof backupHeaderSchema>;

export const backupEndSchema = z.strictObject({
  kind: z.literal("end"),
  records: z.number().int().nonnegative(),
  /** Of every byte between the first line and this one, in hexadecimal: the same state gives the same. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The counts of statistics and reports. */
export const countNames = ["counts", "attackers", "agents"] as const;
export type CountName = (typeof countNames)[number];

const count = z.number().int().nonnegative();
const streamIdSchema = z.string().regex(/^\d{1,15}-\d{1,10}$/);
const entryRecord = z.custom<ListEntry>((raw) => acceptEntry(raw) !== undefined, "expected an entry of a list");

const recordSchemas = {
  /** Only settings that differ from the default are there. */
  setting: z.strictObject({ kind: z.literal("setting"), name: z.string().max(100), value: z.json() }),
  allow: z.strictObject({ kind: z.literal("allow"), entry: entryRecord }),
  deny: z.strictObject({ kind: z.literal("deny"), entry: entryRecord }),
  feed: z.strictObject({ kind: z.literal("feed"), feed: feedSchema, isLeaving: z.boolean() }),
  /** A network of a feed's last good copy, by which its entries are found again. */
  "feed-network": z.strictObject({ kind: z.literal("feed-network"), id: feedIdSchema, network: networkSchema }),
  notifications: z.strictObject({ kind: z.literal("notifications"), settings: notificationSettingsSchema }),
  /** Only where a customer has a look of their own; with its logo it is half of the longest line. */
  branding: z.strictObject({
    kind: z.literal("branding"),
    branding: brandingSchema,
    logo: logoFileSchema.nullable(),
  }),
  user: z.strictObject({
    kind: z.literal("user"),
    ...userSchema.pick({ name: true, role: true, createdAtMs: true }).shape,
    /** Only what the person chose. */
    preferences: preferencesSchema.optional(),
    /** Only where it is. */
    isDisabled: z.literal(true).optional(),
  }),
  block: z.strictObject({ kind: z.literal("block"), block: blockSchema }),
  strike: z.strictObject({ kind: z.literal("strike"), source: networkSchema, strikes: count, lastAtMs: z.number() }),
  count: z.strictObject({
    kind: z.literal("count"),
    of: z.enum(countNames),
    /** A day (2026-11-22), an hour (2026-11-22T13) or a minute (2026-11-22T13:05), UTC. */
    period: z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2})?)?$/),
    name: z.string().max(1000),
    count,
  }),
  /** What somebody changed, with its id in the trail; secrets never come into it. */
  audit: z.strictObject({ kind: z.literal("audit"), ...auditRecordSchema.shape, id: streamIdSchema }),
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type BackupRecord = { [Kind in RecordKind]: z.infer<(typeof recordSchemas)[Kind]> }[RecordKind];

/** The kinds in the order they have in a backup: the allowlist comes before what it wins over. */
export const recordKinds = Object.keys(recordSchemas) as RecordKind[];

/** The record of a line that was parsed. Undefined when it is none of this format. */
export function acceptRecord(raw: unknown): BackupRecord | undefined {
  const kind = recordKinds.find((one) => typeof raw === "object" && raw !== null && "kind" in raw && raw.kind === one);
  return kind === undefined ? undefined : recordSchemas[kind].safeParse(raw).data;
}

/** What is wrong with a backup; nothing was changed. */
export function badBackup(why: string, remedy = "take another backup"): SipprotError {
  return new SipprotError("bad-backup", `this backup cannot be restored: ${why}; nothing was changed`, {
    field: "FILE",
    expected: "a whole file written by: sipprot backup",
    remedy,
  });
}
