/** The notification settings as somebody types them, and back. Pure. */
import type {
  NotificationChange,
  NotificationSettings,
  NotificationView,
  SmtpSettings,
} from "@sipprot/shared/notification";

export interface NotificationForm {
  readonly mailOn: boolean;
  readonly recipients: string[];
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSettings["security"];
  readonly verifyCertificate: boolean;
  readonly user: string;
  /** Empty leaves the stored one. */
  readonly password: string;
  readonly from: string;
  readonly webhookOn: boolean;
  readonly webhookUrl: string;
  /** Empty leaves the stored one. */
  readonly webhookSecret: string;
  readonly forgetWebhookSecret: boolean;
  readonly language: NotificationSettings["language"];
  readonly dailySummaryOn: boolean;
  readonly dailySummaryHour: string;
  readonly timeZone: string;
  readonly attackMessagesOn: boolean;
  readonly attackIntervalMinutes: number;
}

/** The port that goes with an encryption (RFC 8314). */
export const smtpPorts: Readonly<Record<SmtpSettings["security"], number>> = { starttls: 587, tls: 465, none: 25 };

/** Which input a field of the server's answer is about. */
export const notificationFields: Readonly<Record<string, keyof NotificationForm>> = {
  "settings.recipients": "recipients",
  "settings.smtp.host": "host",
  "settings.smtp.port": "port",
  "settings.smtp.security": "security",
  "settings.smtp.user": "user",
  "settings.smtp.from": "from",
  smtpPassword: "password",
  "settings.webhook.url": "webhookUrl",
  webhookSecret: "webhookSecret",
  "settings.timeZone": "timeZone",
  "settings.attackIntervalMinutes": "attackIntervalMinutes",
  recipients: "recipients",
  smtp: "host",
};

/** Where a field of the server's answer is one of a list, the list's own input: `settings.recipients.2`. */
export function fieldNames(fields: readonly string[]): Readonly<Record<string, string>> {
  const listed = fields.map((field) => [field, notificationFields[field.replace(/\.\d+$/, "")]] as const);
  return Object.fromEntries(
    listed.filter((entry): entry is [string, keyof NotificationForm] => entry[1] !== undefined),
  );
}

/** What is set; secrets are never told. `administrator` is a mail address to propose where nobody is told yet. */
export function readNotificationForm(
  { settings }: NotificationView,
  administrator: string | undefined,
): NotificationForm {
  const { smtp, webhook, recipients } = settings;
  const isNobody = recipients.length === 0 && smtp === null && administrator !== undefined;
  return {
    mailOn: settings.mailOn,
    recipients: isNobody ? [administrator] : [...recipients],
    host: smtp?.host ?? "",
    port: smtp?.port ?? smtpPorts.starttls,
    security: smtp?.security ?? "starttls",
    verifyCertificate: smtp?.verifyCertificate ?? true,
    user: smtp?.user ?? "",
    password: "",
    from: smtp?.from ?? "",
    webhookOn: settings.webhookOn,
    webhookUrl: webhook?.url ?? "",
    webhookSecret: "",
    forgetWebhookSecret: false,
    language: settings.language,
    dailySummaryOn: settings.dailySummaryOn,
    dailySummaryHour: String(settings.dailySummaryHour),
    timeZone: settings.timeZone,
    attackMessagesOn: settings.attackMessagesOn,
    attackIntervalMinutes: settings.attackIntervalMinutes,
  };
}

/** The change that sets all of it. A mail server without a name, or a webhook without an address, is none. */
export function writeNotificationChange(form: NotificationForm): NotificationChange {
  const host = form.host.trim();
  const url = form.webhookUrl.trim();
  const { port, security, verifyCertificate, password, webhookSecret, forgetWebhookSecret } = form;
  const smtp =
    host === "" ? null : { host, port, security, verifyCertificate, user: form.user.trim(), from: form.from.trim() };
  return {
    settings: {
      mailOn: form.mailOn,
      webhookOn: form.webhookOn,
      recipients: form.recipients.map((one) => one.trim()).filter((one) => one !== ""),
      smtp,
      webhook: url === "" ? null : { url },
      language: form.language,
      dailySummaryOn: form.dailySummaryOn,
      dailySummaryHour: Number(form.dailySummaryHour),
      timeZone: form.timeZone,
      attackMessagesOn: form.attackMessagesOn,
      attackIntervalMinutes: form.attackIntervalMinutes,
    },
    ...(password === "" ? {} : { smtpPassword: password }),
    ...(forgetWebhookSecret ? { webhookSecret: "" } : webhookSecret === "" ? {} : { webhookSecret }),
  };
}

/** True when something is to be told and there is no way to tell it: the server refuses that. */
export function isNobodyTold(form: NotificationForm): boolean {
  if (!form.dailySummaryOn && !form.attackMessagesOn) return false;
  const hasMail = form.mailOn && form.host.trim() !== "" && form.recipients.some((one) => one.trim() !== "");
  return !hasMail && !(form.webhookOn && form.webhookUrl.trim() !== "");
}

/** True when the stored password will be forgotten: it belongs to another server or user, and none was typed. */
export function losesPassword({ settings, hasSmtpPassword }: NotificationView, form: NotificationForm): boolean {
  const { smtp } = settings;
  if (!hasSmtpPassword || smtp === null || form.password !== "" || form.host.trim() === "") return false;
  return smtp.host !== form.host.trim() || smtp.port !== form.port || smtp.user !== form.user.trim();
}
