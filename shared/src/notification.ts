/** Notifications: who is told what, when and by which channel. Secrets are set here and never answered. */
import { z } from "zod";
import { parseAddress } from "./address.ts";
import { reportLanguages } from "./report.ts";

export const notificationChannels = ["mail", "webhook"] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

/** A name of a host or an address, nothing that could end a line or begin a path. */
const hostName = z
  .string()
  .trim()
  .max(253)
  .refine(
    (text) => parseAddress(text) !== undefined || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text),
    "expected the name or address of a mail server",
  );

export const smtpSchema = z
  .strictObject({
    host: hostName,
    port: z.number().int().min(1).max(65_535),
    /** `tls` from the first byte (465), `starttls` or nothing (587), `none` in the clear. */
    security: z.enum(["tls", "starttls", "none"]),
    /** False takes any certificate: for a mail server of one's own that signs for itself. */
    verifyCertificate: z.boolean().default(true),
    /** Empty for a server that asks for no sign-in. */
    user: z.string().max(320).default(""),
    from: z.email().max(320),
  })
  .refine((smtp) => smtp.user === "" || smtp.security !== "none" || isLoopback(smtp.host), {
    path: ["security"],
    message: "expected tls or starttls: a password is not sent in the clear to another host",
  });
export type SmtpSettings = z.infer<typeof smtpSchema>;

export const webhookSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""), {
      message: "expected an address without a name and password in it",
    }),
});

export const notificationSettingsSchema = z.strictObject({
  language: z.enum(reportLanguages).default("en"),
  recipients: z.array(z.email().max(320)).max(20).default([]),
  smtp: smtpSchema.nullable().default(null),
  webhook: webhookSchema.nullable().default(null),
  /** Off sends nothing by a channel and keeps how it is set up. */
  mailOn: z.boolean().default(true),
  webhookOn: z.boolean().default(true),
  dailySummaryOn: z.boolean().default(false),
  /** The summary is sent when this hour has begun in the time zone. */
  dailySummaryHour: z.number().int().min(0).max(23).default(7),
  timeZone: z.string().max(64).refine(isTimeZone, "expected an IANA time zone such as Europe/Paris").default("UTC"),
  attackMessagesOn: z.boolean().default(false),
  /** At most one message of attacks in this time, a channel; it tells of all since the last. */
  attackIntervalMinutes: z.number().int().min(1).max(1440).default(60),
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

/** What an operator sends: all settings anew; a secret that is left out stays, an empty one is forgotten. */
export const notificationChangeSchema = z.strictObject({
  settings: notificationSettingsSchema,
  /** The settings as they were when this was begun: when others are in force by now nothing is changed. */
  expected: notificationSettingsSchema.optional(),
  smtpPassword: z.string().max(1000).optional(),
  webhookSecret: z.union([z.literal(""), z.string().min(16).max(1000)]).optional(),
});
export type NotificationChange = z.infer<typeof notificationChangeSchema>;

export const channelHealthSchema = z.strictObject({
  channel: z.enum(notificationChannels),
  state: z.enum(["off", "unused", "ok", "failed"]),
  /** What the other side answered, or why it could not be reached; foreign text, at most 300 characters. */
  detail: z.string().max(300),
  sinceMs: z.number(),
  lastSentAtMs: z.number().optional(),
  /** Set while a message waits to be tried again. */
  nextTryAtMs: z.number().optional(),
});
export type ChannelHealth = z.infer<typeof channelHealthSchema>;

export const notificationViewSchema = z.strictObject({
  settings: notificationSettingsSchema,
  hasSmtpPassword: z.boolean(),
  hasWebhookSecret: z.boolean(),
  channels: z.array(channelHealthSchema),
});
export type NotificationView = z.infer<typeof notificationViewSchema>;

/** What a test message met: the other side's own words. */
export const channelAnswerSchema = z.strictObject({ isTaken: z.boolean(), answer: z.string().max(1000) });
export type ChannelAnswer = z.infer<typeof channelAnswerSchema>;

export const notificationKinds = ["test", "attacks", "daily-report"] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** A message that was sent, or was not taken. */
export const notificationRecordSchema = z.strictObject({
  atMs: z.number(),
  channel: z.enum(notificationChannels),
  kind: z.enum(notificationKinds),
  /** In the language of the recipients. */
  subject: z.string().max(300),
  isTaken: z.boolean(),
  /** What the other side answered, or why it could not be reached; foreign text. */
  answer: z.string().max(300),
});
export type NotificationRecord = z.infer<typeof notificationRecordSchema>;

/** One line of what a test and the other side said to each other; passwords are left out. */
export const dialogueLineSchema = z.strictObject({
  speaker: z.enum(["sipprot", "server"]),
  /** Foreign text where the server speaks. */
  text: z.string().max(500),
  atMs: z.number(),
});
export type DialogueLine = z.infer<typeof dialogueLineSchema>;

export const testDialogueSchema = z.strictObject({
  begunAtMs: z.number(),
  isOver: z.boolean(),
  lines: z.array(dialogueLineSchema),
});
export type TestDialogue = z.infer<typeof testDialogueSchema>;

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
