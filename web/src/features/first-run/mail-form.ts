/** The mail settings as the first run asks for them: one recipient, one server. Pure. */
import type {
  NotificationChange,
  NotificationSettings,
  NotificationView,
  SmtpSettings,
} from "@sipprot/shared/notification";

export interface MailForm {
  readonly recipient: string;
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSettings["security"];
  readonly user: string;
  readonly password: string;
  readonly from: string;
}

/** Which input a field of the server's answer is about. */
export const mailFields: Readonly<Record<string, keyof MailForm>> = {
  "settings.recipients.0": "recipient",
  "settings.smtp.host": "host",
  "settings.smtp.port": "port",
  "settings.smtp.security": "security",
  "settings.smtp.user": "user",
  "settings.smtp.from": "from",
  smtpPassword: "password",
};

/** The port that goes with an encryption (RFC 8314). */
export const mailPorts: Readonly<Record<MailForm["security"], number>> = { starttls: 587, tls: 465, none: 25 };

/** What is set already; the password is never told. */
export function readMailForm({ settings }: NotificationView): MailForm {
  const { smtp, recipients } = settings;
  return {
    recipient: recipients[0] ?? "",
    host: smtp?.host ?? "",
    port: smtp?.port ?? mailPorts.starttls,
    security: smtp?.security ?? "starttls",
    user: smtp?.user ?? "",
    password: "",
    from: smtp?.from ?? "",
  };
}

/** The change that sets them; other recipients and everything else stay as they are. A password left out stays too. */
export function writeMailChange(
  settings: NotificationSettings,
  { recipient, host, port, security, user, password, from }: MailForm,
  reader: { readonly language: NotificationSettings["language"]; readonly timeZone: string },
): NotificationChange {
  const smtp = {
    host: host.trim(),
    port,
    security,
    user: user.trim(),
    from: from.trim(),
    verifyCertificate: settings.smtp?.verifyCertificate ?? true,
  };
  const isFirst = settings.recipients.length === 0;
  return {
    settings: {
      ...settings,
      // Whoever is the first to be told anything is told in the language and at the hours of who set it up.
      ...(isFirst ? reader : {}),
      recipients: [recipient.trim(), ...settings.recipients.slice(1)],
      smtp,
    },
    ...(password === "" ? {} : { smtpPassword: password }),
  };
}
