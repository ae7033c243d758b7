/** `sipprot notify show|set|test`: who is told what, when and by which channel. Passwords come from files or the keyboard. */
import { SipprotError } from "@sipprot/shared/errors";
import type {
  NotificationChange,
  NotificationChannel,
  NotificationSettings,
  NotificationView,
} from "@sipprot/shared/notification";
import { sendTest, viewNotifications } from "../../services/notifications/notifications.ts";
import { changeNotifications, readNotificationSettings } from "../../services/notifications/settings.ts";
import { readSecretSeal } from "../../services/secret-seal.ts";
import { withAudit } from "../audited.ts";
import { readSecret } from "../secret-input.ts";
import type { Session } from "../session.ts";
import { formatTime } from "../time.ts";

/** Options of `notify set` as commander gives them; what is left out stays. */
export interface NotifyOptions {
  readonly language?: "en" | "fr";
  readonly recipients?: string;
  readonly summary?: "on" | "off";
  readonly summaryHour?: number;
  readonly timeZone?: string;
  readonly attacks?: "on" | "off";
  readonly attackInterval?: number;
  readonly smtpHost?: string;
  readonly smtpPort?: number;
  readonly smtpSecurity?: "tls" | "starttls" | "none";
  readonly smtpUser?: string;
  readonly smtpAnyCertificate?: boolean;
  readonly from?: string;
  readonly smtpPasswordFile?: string;
  /** False for --no-smtp: no mail at all. */
  readonly smtp?: boolean;
  /** An address, or false for --no-webhook. */
  readonly webhook?: string | boolean;
  readonly webhookSecretFile?: string;
}

export async function showNotifications(session: Session): Promise<void> {
  const view = await session.withStore(({ redis }) => viewNotifications(redis, readSecretSeal(session.config.boot)));
  session.answer(view, () => describe(view).join("\n"));
}

export async function setNotifications(session: Session, options: NotifyOptions): Promise<void> {
  if (Object.keys(options).length === 0) {
    throw new SipprotError("bad-input", "there is nothing to set", {
      expected: "at least one option",
      remedy: "see them with: sipprot help notify set",
    });
  }
  const secrets = await readSecrets(session, options);
  const seal = readSecretSeal(session.config.boot);
  const view = await withAudit(session, "notifications.change", options, async (redis, actor) => {
    const settings = change(await readNotificationSettings(redis), options);
    actor.tell(await changeNotifications(redis, seal, { settings, ...secrets }));
    return viewNotifications(redis, seal);
  });
  session.answer(view, () => describe(view).join("\n"));
}

/** Exit code 1 when the other side did not take it; its answer is printed either way. */
export async function testNotifications(session: Session, channel: NotificationChannel): Promise<void> {
  const answer = await withAudit(session, "notifications.sendTest", { channel }, async (redis, actor) => {
    const sent = await sendTest(
      redis,
      readSecretSeal(session.config.boot),
      channel,
      session.config.boot.hostName,
      actor.nowMs,
    );
    actor.tell({ after: sent });
    return sent;
  });
  if (!answer.isTaken) session.exitCode = 1;
  session.answer(answer, () => `${channel}: ${answer.isTaken ? "taken" : "not taken"}: ${answer.answer}`);
}

async function readSecrets(session: Session, options: NotifyOptions) {
  const secrets: { smtpPassword?: string; webhookSecret?: string } = {};
  const { smtpPasswordFile, webhookSecretFile } = options;
  if (smtpPasswordFile !== undefined) {
    secrets.smtpPassword = await readSecret(
      session.terminal,
      smtpPasswordFile,
      "--smtp-password-file",
      "Password of the mail server",
    );
  }
  if (webhookSecretFile !== undefined) {
    secrets.webhookSecret = await readSecret(
      session.terminal,
      webhookSecretFile,
      "--webhook-secret-file",
      "Secret of the webhook",
    );
  }
  return secrets;
}

/** The settings with what the options say. What they make is checked as a whole where it is stored. */
function change(before: NotificationSettings, options: NotifyOptions): NotificationChange["settings"] {
  const { language, recipients, summary, summaryHour, timeZone, attacks, attackInterval, webhook } = options;
  return {
    language: language ?? before.language,
    recipients: recipients === undefined ? before.recipients : splitWords(recipients),
    dailySummaryOn: summary === undefined ? before.dailySummaryOn : summary === "on",
    dailySummaryHour: summaryHour ?? before.dailySummaryHour,
    timeZone: timeZone ?? before.timeZone,
    attackMessagesOn: attacks === undefined ? before.attackMessagesOn : attacks === "on",
    attackIntervalMinutes: attackInterval ?? before.attackIntervalMinutes,
    smtp: changeSmtp(before.smtp, options),
    webhook: webhook === undefined ? before.webhook : typeof webhook === "string" ? { url: webhook } : null,
    // Whoever names a channel wants it.
    mailOn: before.mailOn || options.smtpHost !== undefined,
    webhookOn: before.webhookOn || typeof webhook === "string",
  };
}

function changeSmtp(before: NotificationSettings["smtp"], options: NotifyOptions): NotificationSettings["smtp"] {
  const { smtp, smtpHost, smtpPort, smtpSecurity, smtpUser, smtpAnyCertificate, from } = options;
  if (smtp === false) return null;
  const isNamed = [smtpHost, smtpPort, smtpSecurity, smtpUser, smtpAnyCertificate, from].some(
    (one) => one !== undefined,
  );
  if (!isNamed) return before;
  const security = smtpSecurity ?? before?.security ?? "starttls";
  const host = smtpHost ?? before?.host;
  const sender = from ?? before?.from;
  if (host === undefined || sender === undefined) {
    throw new SipprotError("bad-notification", "a mail server needs its name and a sender", {
      field: host === undefined ? "--smtp-host" : "--from",
      remedy: "sipprot notify set --smtp-host mail.example.com --from pbx@example.com --recipients it@example.com",
    });
  }
  return {
    host,
    port: smtpPort ?? before?.port ?? (security === "tls" ? 465 : 587),
    security,
    verifyCertificate: smtpAnyCertificate === undefined ? (before?.verifyCertificate ?? true) : !smtpAnyCertificate,
    user: smtpUser ?? before?.user ?? "",
    from: sender,
  };
}

function splitWords(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function describe({ settings, hasSmtpPassword, hasWebhookSecret, channels }: NotificationView): string[] {
  const { smtp, webhook, recipients, timeZone } = settings;
  const lines = [
    smtp === null
      ? "mail server:     none"
      : `mail server:     ${smtp.host} port ${smtp.port}, ${smtp.security}${smtp.verifyCertificate ? "" : ", any certificate"}`,
  ];
  if (smtp !== null) {
    const signsIn = smtp.user === "" ? "" : `, as ${smtp.user}, password ${hasSmtpPassword ? "set" : "not set"}`;
    lines.push(`sender:          ${smtp.from}${signsIn}`);
  }
  lines.push(`recipients:      ${recipients.length === 0 ? "none" : recipients.join(", ")}`);
  lines.push(
    webhook === null
      ? "webhook:         none"
      : `webhook:         ${webhook.url}, ${hasWebhookSecret ? "signed" : "not signed"}`,
  );
  const hour = `${String(settings.dailySummaryHour).padStart(2, "0")}:00 ${timeZone}`;
  lines.push(`daily summary:   ${settings.dailySummaryOn ? `on, at ${hour}` : "off"}`);
  const pause = `at most one in ${settings.attackIntervalMinutes} minutes`;
  lines.push(`attack messages: ${settings.attackMessagesOn ? `on, ${pause}` : "off"}`);
  lines.push(`language:        ${settings.language}`);
  for (const { channel, state, detail, lastSentAtMs } of channels) {
    const sent = lastSentAtMs === undefined ? "" : `, last sent ${formatTime(lastSentAtMs)}`;
    lines.push(`channel ${channel}: ${state}${detail === "" ? "" : `: ${detail}`}${sent}`);
  }
  return lines;
}
