/** Notifications as operators deal with them: the settings without secrets, a test, a report by mail. */
import { SipprotError } from "@sipprot/shared/errors";
import type { ChannelAnswer, NotificationChannel, NotificationView } from "@sipprot/shared/notification";
import type { Report } from "@sipprot/shared/report";
import type { Redis } from "ioredis";
import type { SecretSeal } from "../secret-seal.ts";
import type { Channel, Overhear } from "./channel.ts";
import { noteSent, readChannelHealth } from "./channel-health.ts";
import { openChannels, openSetUpChannels } from "./channels.ts";
import { deliver } from "./delivery.ts";
import { type NotificationMessage, reportMessage, testMessage } from "./message.ts";
import { readReaders } from "./readers.ts";
import { readNotificationSecrets, readNotificationSettings } from "./settings.ts";

/** The settings, whether there are secrets, and how the channels are. */
export async function viewNotifications(redis: Redis, seal: SecretSeal): Promise<NotificationView> {
  const settings = await readNotificationSettings(redis);
  const secrets = await readNotificationSecrets(redis, seal);
  return {
    settings,
    hasSmtpPassword: secrets.has("smtpPassword"),
    hasWebhookSecret: secrets.has("webhookSecret"),
    channels: await readChannelHealth(redis, openChannels(settings, secrets, await readReaders(redis), Date.now)),
  };
}

/**
 * Sends a test by a channel, on or off, and returns what the other side really answered. `overhear` is told what both
 * say meanwhile. Throws `not-found` when it is not set up.
 */
export async function sendTest(
  redis: Redis,
  seal: SecretSeal,
  channel: NotificationChannel,
  host: string,
  nowMs: number,
  overhear?: Overhear,
): Promise<ChannelAnswer> {
  return sendNow(redis, seal, channel, (language) => testMessage(host, language, nowMs), nowMs, overhear);
}

/** Mails a report now and returns what the mail server answered. Throws `not-found` when no mail is set up. */
export async function mailReport(
  redis: Redis,
  seal: SecretSeal,
  report: Report,
  nowMs: number,
): Promise<ChannelAnswer> {
  return sendNow(redis, seal, "mail", (language) => reportMessage(report, language), nowMs);
}

async function sendNow(
  redis: Redis,
  seal: SecretSeal,
  name: NotificationChannel,
  write: (language: "en" | "fr") => NotificationMessage,
  nowMs: number,
  overhear?: Overhear,
): Promise<ChannelAnswer> {
  const settings = await readNotificationSettings(redis);
  const secrets = await readNotificationSecrets(redis, seal);
  const all: Channel[] = openSetUpChannels(settings, secrets, await readReaders(redis), () => nowMs);
  const channels = all.filter((one) => one.name === name);
  if (channels.length === 0) {
    throw new SipprotError("not-found", `no ${name} is set up for notifications`, {
      field: name,
      remedy: name === "mail" ? "set a mail server and a recipient first" : "set the webhook's address first",
    });
  }
  const answers = new Set<string>();
  try {
    for (const channel of channels) {
      const answer = await deliver(redis, channel, write(channel.language), nowMs, overhear);
      await noteSent(redis, channel, answer, nowMs);
      answers.add(answer);
    }
    return { isTaken: true, answer: [...answers].join("; ") };
  } catch (error) {
    if (!(error instanceof SipprotError)) throw error;
    return { isTaken: false, answer: error.message };
  }
}
