/** The channels the settings make. */
import type { NotificationSettings } from "@sipprot/shared/notification";
import type { Channel } from "./channel.ts";
import { MailChannel } from "./mail-channel.ts";
import type { NotificationSecrets } from "./settings.ts";
import { WebhookChannel } from "./webhook-channel.ts";

/** One for each that is set up: mail needs a server and a recipient, a webhook its address. */
export function openChannels(
  settings: NotificationSettings,
  secrets: NotificationSecrets,
  now: () => number,
  deadlineMs?: number,
): Channel[] {
  const channels: Channel[] = [];
  const { smtp, recipients, webhook } = settings;
  if (smtp !== null && recipients.length > 0) {
    channels.push(new MailChannel(smtp, secrets.smtpPassword, recipients, deadlineMs));
  }
  if (webhook !== null) channels.push(new WebhookChannel(webhook.url, secrets.webhookSecret, now, deadlineMs));
  return channels;
}
