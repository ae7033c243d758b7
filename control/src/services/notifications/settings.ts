/** The notification settings in the store. Secrets are kept apart, go out to the channels and into no answer. */
import { isDeepStrictEqual } from "node:util";
import { SipprotError } from "@sipprot/shared/errors";
import {
  type NotificationChange,
  type NotificationSettings,
  notificationChangeSchema,
  notificationSettingsSchema,
} from "@sipprot/shared/notification";
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import type { SecretSeal } from "../secret-seal.ts";
import { endPauses } from "./progress.ts";

/** Names of the secrets, as they are stored. */
export const notificationSecretNames = ["smtpPassword", "webhookSecret"] as const;
type SecretName = (typeof notificationSecretNames)[number];

export interface NotificationSecrets {
  readonly has: (name: SecretName) => boolean;
  /** The secret, empty when there is none. Throws `sealed-secret`. */
  readonly open: (name: SecretName) => string;
}

/** Whose secret it is, for the seal. */
export function secretPlace(name: SecretName): string {
  return `notifications ${name}`;
}

/** The settings, or the defaults where nothing that can be read is stored: as if never set, which sends nothing. */
export async function readNotificationSettings(redis: Redis): Promise<NotificationSettings> {
  return (await findNotificationSettings(redis)) ?? notificationSettingsSchema.parse({});
}

/** The settings, or undefined when they were never set or are damaged. */
export async function findNotificationSettings(redis: Redis): Promise<NotificationSettings | undefined> {
  try {
    return notificationSettingsSchema.safeParse(JSON.parse((await redis.get(redisKeys.notifications)) ?? "null")).data;
  } catch {
    return undefined;
  }
}

export async function readNotificationSecrets(redis: Redis, seal: SecretSeal): Promise<NotificationSecrets> {
  const stored = await redis.hgetall(redisKeys.notificationSecrets);
  return {
    has: (name) => (stored[name] ?? "") !== "",
    open: (name) => seal.open(stored[name] ?? "", secretPlace(name)),
  };
}

/**
 * Puts the settings in place of the old ones. Returns both, for the audit trail; secrets are in neither.
 *
 * A password belongs to its server and user: when one of them changes and no password is given, the old one is
 * forgotten, so that nobody has it sent to a server of his choice. Throws `bad-notification`, and
 * `changed-meanwhile` when others are in force than the change expects.
 */
export async function changeNotifications(
  redis: Redis,
  seal: SecretSeal,
  change: NotificationChange,
): Promise<{ readonly before: NotificationSettings; readonly after: NotificationSettings }> {
  const parsed = notificationChangeSchema.safeParse(change);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new SipprotError("bad-notification", `these notification settings cannot be: ${issue?.message}`, {
      field: issue?.path.join(".") ?? "settings",
      expected: issue?.message ?? "",
    });
  }
  const { settings: after, expected, smtpPassword, webhookSecret } = parsed.data;
  checkComplete(after);
  const before = await readNotificationSettings(redis);
  if (expected !== undefined && !isDeepStrictEqual(expected, before)) {
    throw new SipprotError("changed-meanwhile", "somebody else changed the notification settings meanwhile", {
      field: "settings",
      remedy: "look at them as they are now, then decide",
    });
  }
  const work = redis.multi().set(redisKeys.notifications, JSON.stringify(after));
  const newPassword = smtpPassword ?? (isOtherServer(before, after) ? "" : undefined);
  const secrets: Record<SecretName, string | undefined> = { smtpPassword: newPassword, webhookSecret };
  for (const name of notificationSecretNames) {
    const secret = secrets[name];
    if (secret === "") work.hdel(redisKeys.notificationSecrets, name);
    else if (secret !== undefined)
      work.hset(redisKeys.notificationSecrets, name, seal.close(secret, secretPlace(name)));
  }
  for (const [error] of (await work.exec()) ?? []) if (error !== null) throw error;
  await endPauses(redis);
  return { before, after };
}

/** True when a password for the one must not be sent to the other. */
export function isOtherServer(before: NotificationSettings, after: NotificationSettings): boolean {
  return (["host", "port", "user"] as const).some((name) => before.smtp?.[name] !== after.smtp?.[name]);
}

function checkComplete(settings: NotificationSettings): void {
  if (!settings.dailySummaryOn && !settings.attackMessagesOn) return;
  const hasMail = settings.mailOn && settings.smtp !== null && settings.recipients.length > 0;
  if (hasMail || (settings.webhookOn && settings.webhook !== null)) return;
  throw new SipprotError("bad-notification", "nobody would be told: neither mail nor a webhook is set up and on", {
    field: settings.smtp === null ? "smtp" : "recipients",
    expected: "a mail server and at least one recipient, or a webhook",
  });
}
