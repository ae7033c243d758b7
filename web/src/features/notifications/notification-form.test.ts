import {
  type NotificationView,
  notificationChangeSchema,
  notificationSettingsSchema,
} from "@sipprot/shared/notification";
import { describe, expect, it } from "vitest";
import {
  fieldNames,
  isNobodyTold,
  losesPassword,
  readNotificationForm,
  writeNotificationChange,
} from "./notification-form.ts";

const settings = notificationSettingsSchema.parse({
  language: "fr",
  recipients: ["ada@example.org", "bob@example.org"],
  smtp: { host: "smtp.example.org", port: 587, security: "starttls", user: "mailer", from: "pbx@example.org" },
  webhook: { url: "https://hooks.example.org/x" },
  dailySummaryOn: true,
  dailySummaryHour: 6,
  timeZone: "Europe/Paris",
  mailOn: false,
});
const view: NotificationView = { settings, hasSmtpPassword: true, hasWebhookSecret: true, channels: [] };
const unset: NotificationView = {
  ...view,
  settings: notificationSettingsSchema.parse({}),
  hasSmtpPassword: false,
};

describe("the notification settings as they are typed", () => {
  it("come back as they were, and leave the secrets alone", () => {
    expect(writeNotificationChange(readNotificationForm(view, "root@example.org"))).toEqual({ settings });
  });
  it("propose the administrator where nobody is told yet, and nobody where there is no address", () => {
    expect(readNotificationForm(unset, "root@example.org").recipients).toEqual(["root@example.org"]);
    expect(readNotificationForm(unset, undefined).recipients).toEqual([]);
    expect(readNotificationForm(view, "root@example.org").recipients).not.toContain("root@example.org");
  });
  it("are fine for the server while neither channel is set up", () => {
    const change = writeNotificationChange(readNotificationForm(unset, undefined));
    expect(notificationChangeSchema.parse(change).settings).toMatchObject({ smtp: null, webhook: null });
  });
  it("send a secret that was typed, and forget one when that is asked for", () => {
    const form = readNotificationForm(view, undefined);
    expect(writeNotificationChange({ ...form, password: "open sesame" }).smtpPassword).toBe("open sesame");
    expect(writeNotificationChange({ ...form, webhookSecret: "0123456789abcdef" }).webhookSecret).toBe(
      "0123456789abcdef",
    );
    expect(writeNotificationChange({ ...form, forgetWebhookSecret: true }).webhookSecret).toBe("");
  });
});

it("A stored password is lost with its server or user, and not when another is typed", () => {
  const form = readNotificationForm(view, undefined);
  expect(losesPassword(view, form)).toBe(false);
  expect(losesPassword(view, { ...form, host: "other.example.org" })).toBe(true);
  expect(losesPassword(view, { ...form, user: "" })).toBe(true);
  expect(losesPassword(view, { ...form, host: "other.example.org", password: "new" })).toBe(false);
  expect(losesPassword({ ...view, hasSmtpPassword: false }, { ...form, user: "" })).toBe(false);
});

it("Nobody is told when something is to be told and no channel is both set up and on", () => {
  const form = { ...readNotificationForm(view, undefined), mailOn: true };
  expect(isNobodyTold(form)).toBe(false);
  expect(isNobodyTold({ ...form, mailOn: false })).toBe(false);
  expect(isNobodyTold({ ...form, mailOn: false, webhookOn: false })).toBe(true);
  expect(isNobodyTold({ ...form, recipients: [" "], webhookUrl: "" })).toBe(true);
  expect(isNobodyTold({ ...form, mailOn: false, webhookOn: false, dailySummaryOn: false })).toBe(false);
});

it("What the server says of one recipient is shown at the recipients", () => {
  expect(fieldNames(["settings.recipients.1", "settings.smtp.host", "settings.other"])).toEqual({
    "settings.recipients.1": "recipients",
    "settings.smtp.host": "host",
  });
});
