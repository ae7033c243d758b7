/** Mails to people who read different languages: each has their own, none has one twice, and a failing one holds up no other. */
import { type NotificationSettings, notificationSettingsSchema } from "@sipprot/shared/notification";
import type { ReportLanguage } from "@sipprot/shared/report";
import { writeEvents } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sendTest, viewNotifications } from "../../control/src/services/notifications/notifications.ts";
import { Notifier } from "../../control/src/services/notifications/notifier.ts";
import { changeNotifications } from "../../control/src/services/notifications/settings.ts";
import { NO_PASSWORD } from "../../control/src/services/password.ts";
import { SecretSeal } from "../../control/src/services/secret-seal.ts";
import { changeUsers } from "../../control/src/store/user-store.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";
import { anEvent } from "./sync-samples.ts";

const seal = new SecretSeal([Buffer.alloc(32, 7)]);
const MINUTE_MS = 60_000;
let store: TestRedis;
let redis: Redis;
let mail: MailServer;
/** Addresses the mail server does not take for now. */
const refused = new Set<string>();
let nowMs = 0;

beforeAll(async () => {
  store = await startTestRedis("mail");
  redis = await store.open();
  mail = await startMailServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: ({ address }, _session, callback) =>
      callback(refused.has(address) ? new Error("no such mailbox") : undefined),
  });
});
afterAll(async () => {
  mail.close();
  await store.close();
});
beforeEach(async () => {
  await redis.flushall();
  mail.received.length = 0;
  refused.clear();
  nowMs = Date.UTC(2026, 10, 22, 12);
  await prefer("Luc@example.org", "fr");
  await prefer("ann@example.org", "en");
  await tell({ attackMessagesOn: true });
  await turn();
});

/** An account with that name, whose pages are in that language. */
async function prefer(name: string, language: ReportLanguage): Promise<void> {
  const password = { passwordHash: NO_PASSWORD, mustChangePassword: true, passwordChangedAtMs: 1 };
  const user = { name, role: "viewer" as const, createdAtMs: 1, ...password, preferences: { language } };
  await changeUsers(redis, () => ({ put: user, outcome: undefined }));
}

async function tell(differing: Partial<NotificationSettings>): Promise<void> {
  const smtp = { host: "127.0.0.1", port: mail.port, security: "none" as const, from: "pbx@example.org" };
  const recipients = ["ann@example.org", "luc@example.org", "desk@example.org"];
  const settings = notificationSettingsSchema.parse({ smtp, recipients, language: "en", ...differing });
  await changeNotifications(redis, seal, { settings });
}

async function turn(minutesLater = 0): Promise<void> {
  nowMs += minutesLater * MINUTE_MS;
  await new Notifier(redis, seal, "pbx1", () => nowMs).takeTurn();
}

const attack = () => writeEvents(redis, [{ ...anEvent("198.51.100.7"), atMs: nowMs }]);
const languageOf = (text: string) => /<html lang=3D"(..)"/.exec(text)?.[1] ?? /<html lang="(..)"/.exec(text)?.[1];
/** What came since the last time this was asked: the recipients, and the language of their mail. */
const mails = () =>
  mail.received.splice(0).map(({ to, text }) => `${languageOf(text)} to ${to.map((one) => one.split("@")[0])}`);
const health = async () => (await viewNotifications(redis, seal)).channels.find(({ channel }) => channel === "mail");

it("A recipient who has an account reads the language of that account, everybody else that of the settings", async () => {
  await attack();
  await turn(1);
  expect(mails().sort()).toEqual(["en to ann,desk", "fr to luc"]);
  await tell({ attackMessagesOn: true, language: "fr" });
  await attack();
  await turn(60);
  expect(mails().sort()).toEqual(["en to ann", "fr to luc,desk"]);
  expect(await sendTest(redis, seal, "mail", "pbx1", nowMs)).toEqual({ isTaken: true, answer: "250 queued as 4711" });
  expect(mails().sort()).toEqual(["en to ann", "fr to luc,desk"]);
});

it("A daily summary comes to each in their own language, once", async () => {
  await tell({ dailySummaryOn: true, dailySummaryHour: 13 });
  await turn();
  await turn(60);
  await turn(60);
  expect(mails().sort()).toEqual(["en to ann,desk", "fr to luc"]);
});

it("Mail that is not taken for some is tried again for them alone, and shows until it comes through", async () => {
  refused.add("luc@example.org");
  await attack();
  await turn(1);
  expect(mails()).toEqual(["en to ann,desk"]);
  expect(await health()).toMatchObject({ state: "failed", detail: expect.stringContaining("no such mailbox") });
  await attack();
  await turn(61);
  expect(mails()).toEqual(["en to ann,desk"]);
  expect(await health()).toMatchObject({ state: "failed", lastSentAtMs: nowMs });
  refused.clear();
  await turn(60);
  expect(mails()).toEqual(["fr to luc"]);
  expect(await health()).toMatchObject({ state: "ok" });
});

it("Whoever changes language is told all that happened, and nothing twice", async () => {
  await attack();
  await turn(1);
  mails();
  await attack();
  await prefer("ann@example.org", "fr");
  await tell({ attackMessagesOn: true, recipients: ["ann@example.org"] });
  await turn(1);
  expect(mails()).toEqual([]);
  await turn(60);
  expect(mails()).toEqual(["fr to ann"]);
  await turn(60);
  expect(mails()).toEqual([]);
});
