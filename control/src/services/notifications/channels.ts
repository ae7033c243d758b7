/** The channels the settings make. */
import type { NotificationSettings } from "@sipprot/shared/notification";
import type { Channel } from "./channel.ts";
import { MailChannel } from "./mail-channel.ts";
import { groupByLanguage, type Readers } from "./readers.ts";
import type { NotificationSecrets } from "./settings.ts";
import { WebhookChannel } from "./webhook-channel.ts";

/** Those that are set up and on. */
export function openChannels(
  settings: NotificationSettings,
  secrets: NotificationSecrets,
  readers: Readers,
  now: () => number,
): Channel[] {
  const isOn = { mail: settings.mailOn, webhook: settings.webhookOn };
  return openSetUpChannels(settings, secrets, readers, now).filter((channel) => isOn[channel.name]);
}

/**
 * Those that are set up, on or off: mail needs a server and a recipient, a webhook its address. There is one of mail for
 * each language its recipients read. A secret is opened when something is sent: one that cannot be opened fails its own
 * channel and no other.
 */
export function openSetUpChannels(
  settings: NotificationSettings,
  secrets: NotificationSecrets,
  readers: Readers,
  now: () => number,
): Channel[] {
  const channels: Channel[] = [];
  const { smtp, recipients, webhook, language: usual } = settings;
  for (const [language, to] of groupByLanguage(recipients, readers, usual)) {
    if (smtp === null) break;
    const open = () => new MailChannel(smtp, secrets.open("smtpPassword"), to);
    const key = language === usual ? "mail" : `mail:${language}`;
    channels.push({ name: "mail", key, language, send: async (message, overhear) => open().send(message, overhear) });
  }
  if (webhook !== null) {
    const open = () => new WebhookChannel(webhook.url, secrets.open("webhookSecret"), now);
    const send: Channel["send"] = async (message, overhear) => open().send(message, overhear);
    channels.push({ name: "webhook", key: "webhook", language: usual, send });
  }
  return channels;
}
