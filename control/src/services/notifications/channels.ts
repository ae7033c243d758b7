/** The channels the settings make. */
import type { NotificationSettings } from "@sipprot/shared/notification";
import type { Channel } from "./channel.ts";
import { MailChannel } from "./mail-channel.ts";
import type { NotificationSecrets } from "./settings.ts";
import { WebhookChannel } from "./webhook-channel.ts";

/** One for each that is set up and on. */
export function openChannels(
  settings: NotificationSettings,
  secrets: NotificationSecrets,
  now: () => number,
): Channel[] {
  const isOn = { mail: settings.mailOn, webhook: settings.webhookOn };
  return openSetUpChannels(settings, secrets, now).filter((channel) => isOn[channel.name]);
}

/**
 * One for each that is set up, on or off: mail needs a server and a recipient, a webhook its address. A secret is
 * opened when something is sent: one that cannot be opened fails its own channel and no other.
 */
export function openSetUpChannels(
  settings: NotificationSettings,
  secrets: NotificationSecrets,
  now: () => number,
  deadlineMs?: number,
): Channel[] {
  const channels: Channel[] = [];
  const { smtp, recipients, webhook } = settings;
  if (smtp !== null && recipients.length > 0) {
    const open = () => new MailChannel(smtp, secrets.open("smtpPassword"), recipients, deadlineMs);
    channels.push({ name: "mail", send: async (message, overhear) => open().send(message, overhear) });
  }
  if (webhook !== null) {
    const open = () => new WebhookChannel(webhook.url, secrets.open("webhookSecret"), now, deadlineMs);
    channels.push({ name: "webhook", send: async (message, overhear) => open().send(message, overhear) });
  }
  return channels;
}
