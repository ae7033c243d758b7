import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { SipEvent } from "@sipprot/shared/event";
import {
  type NotificationSettings,
  notificationSettingsSchema,
  notificationViewSchema,
} from "@sipprot/shared/notification";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { writeEvents } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../../test/system/redis-server.ts";
import { SecretSeal } from "../secret-seal.ts";
import { readNotificationHistory } from "./delivery.ts";
import { attackMessage } from "./message.ts";
import { sendTest, viewNotifications } from "./notifications.ts";
import { Notifier } from "./notifier.ts";
import { changeNotifications, readNotificationSecrets } from "./settings.ts";

const MINUTE_MS = 60_000;
const seal = new SecretSeal([Buffer.alloc(32, 7)]);
let store: TestRedis;
let redis: Redis;
let hook: Server;
let url = "";
/** What the webhook received, and the status it answers with. */
let received: Array<{ readonly kind?: string; readonly busiest?: unknown }> = [];
let status = 200;
let nowMs = 0;

beforeAll(async () => {
  store = await startTestRedis("notifier");
  redis = await store.open();
  hook = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push(JSON.parse(body));
    response.writeHead(status).end(status === 200 ? "ok" : "not now");
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  hook.closeAllConnections();
  hook.close();
  await store.close();
});

beforeEach(async () => {
  await redis.flushall();
  received = [];
  status = 200;
  nowMs = Date.UTC(2026, 10, 22, 12);
});

const newNotifier = () => new Notifier(redis, seal, "pbx1", () => nowMs);

async function turn(minutesLater = 0): Promise<void> {
  nowMs += minutesLater * MINUTE_MS;
  await newNotifier().takeTurn();
}

function settings(differing: Partial<NotificationSettings> = {}): NotificationSettings {
  return { ...notificationSettingsSchema.parse({}), webhook: { url }, ...differing };
}

const attack = (differing: Partial<SipEvent> = {}): SipEvent => ({
  kind: "refused",
  atMs: nowMs,
  count: 1,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "198.51.100.7",
  country: "FR",
  gate: "scanner",
  reason: { gate: "scanner", agent: "x", pattern: "x" },
  proven: false,
  method: "REGISTER",
  agent: "x",
  ...differing,
});

describe("messages of attacks", () => {
  beforeEach(async () => {
    await writeEvents(redis, [attack({ count: 1000 })]);
    await changeNotifications(redis, seal, { settings: settings({ attackMessagesOn: true }) });
    await turn();
  });

  it("tell of nothing older than the wish to be told", () => {
    expect(received).toEqual([]);
  });

  it("come with the first attack, then once an interval with all that happened in it", async () => {
    await writeEvents(redis, [attack()]);
    await turn(1);
    expect(received).toMatchObject([{ kind: "attacks", host: "pbx1", refused: 1, sources: 1 }]);
    for (let minute = 1; minute < 60; minute += 1) {
      await writeEvents(redis, [attack({ source: `198.51.100.${minute % 2}` })]);
      await turn(1);
    }
    expect(received).toHaveLength(1);
    await writeEvents(redis, [attack({ kind: "block-began" })]);
    await turn(1);
    expect(received[1]).toMatchObject({ refused: 59, sources: 3, blocksBegun: 1 });
    await turn(60);
    expect(received).toHaveLength(2);
  });

  it("go on coming when the clock is set back by a day", async () => {
    await writeEvents(redis, [attack()]);
    await turn(1);
    await writeEvents(redis, [attack()]);
    await turn(-24 * 60);
    expect(received).toHaveLength(2);
  });

  it("are not sent for what observe mode let through or a phone with an old password", async () => {
    await writeEvents(redis, [attack({ kind: "would-refuse" }), attack({ kind: "stuck-phone" })]);
    await turn(60);
    expect(received).toEqual([]);
  });

  it("lose nothing while the channel fails, try less and less often, and show it in its health", async () => {
    status = 500;
    await writeEvents(redis, [attack()]);
    const triesAtMinute: number[] = [];
    for (let minute = 0; minute < 180; minute += 1) {
      const before = received.length;
      await turn(1);
      if (received.length > before) triesAtMinute.push(minute);
    }
    expect(triesAtMinute).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 124]);
    const failing = (await viewNotifications(redis, seal)).channels.find((one) => one.channel === "webhook");
    expect(failing).toMatchObject({ state: "failed", detail: "500 Internal Server Error: not now" });
    await writeEvents(redis, [attack({ count: 6 })]);
    status = 200;
    await turn(60);
    expect(received.at(-1)).toMatchObject({ refused: 7 });
    const healthy = (await viewNotifications(redis, seal)).channels.find((one) => one.channel === "webhook");
    expect(healthy).toMatchObject({ state: "ok", detail: "200 OK: ok", lastSentAtMs: nowMs });
    await turn(61);
    expect(received.at(-1)).toMatchObject({ refused: 7 });
  });

  it("are tried again at once when the settings were corrected", async () => {
    status = 500;
    await writeEvents(redis, [attack()]);
    for (let minute = 0; minute < 10; minute += 1) await turn(1);
    status = 200;
    await changeNotifications(redis, seal, { settings: settings({ attackMessagesOn: true }) });
    await turn();
    expect((await viewNotifications(redis, seal)).channels[1]).toMatchObject({ state: "ok" });
  });

  it("are in the history, sent and failed, with what the other side said", async () => {
    status = 500;
    await writeEvents(redis, [attack()]);
    await turn(1);
    status = 200;
    await turn(1);
    const { rows, total } = await readNotificationHistory(redis, { page: 0, size: 10 }, nowMs);
    expect([total, rows.map(({ isTaken, answer }) => [isTaken, answer])]).toEqual([
      2,
      [
        [true, "200 OK: ok"],
        [false, "500 Internal Server Error: not now"],
      ],
    ]);
    expect(rows[0]).toMatchObject({ atMs: nowMs, channel: "webhook", kind: "attacks" });
    expect(rows[0]?.subject).toContain("1 messages refused");
    const second = await readNotificationHistory(redis, { page: 1, size: 1 }, nowMs);
    expect(second.rows.map(({ isTaken }) => isTaken)).toEqual([false]);
  });

  it("are not sent by a channel that is off, which can still be tested and keeps how it is set up", async () => {
    await changeNotifications(redis, seal, { settings: settings({ webhookOn: false }) });
    await writeEvents(redis, [attack()]);
    await turn(60);
    expect(received).toEqual([]);
    expect((await viewNotifications(redis, seal)).channels[1]).toMatchObject({ state: "off" });
    expect(await sendTest(redis, seal, "webhook", "pbx1", nowMs)).toEqual({ isTaken: true, answer: "200 OK: ok" });
    const nobody = settings({ webhookOn: false, attackMessagesOn: true });
    await expect(changeNotifications(redis, seal, { settings: nobody })).rejects.toMatchObject({
      code: "bad-notification",
    });
  });

  it("are not changed over the change of somebody else", async () => {
    const expected = settings({ attackMessagesOn: true });
    await changeNotifications(redis, seal, { settings: settings({ language: "fr" }), expected });
    const change = changeNotifications(redis, seal, { settings: settings({ dailySummaryOn: true }), expected });
    await expect(change).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect((await viewNotifications(redis, seal)).settings.language).toBe("fr");
  });

  it("are sent once, however many controls share the store", async () => {
    await writeEvents(redis, [attack()]);
    await Promise.all(Array.from({ length: 5 }, () => newNotifier().takeTurn()));
    await turn();
    expect(received).toHaveLength(1);
  });

  it("stay small, however broad the attack", async () => {
    for (let portion = 0; portion < 24; portion += 1) {
      await writeEvents(
        redis,
        Array.from({ length: 250 }, (_, index) => attack({ source: `203.0.${portion}.${index}`, count: index + 1 })),
      );
    }
    await turn(1);
    expect(received[0]).toMatchObject({ refused: (24 * 250 * 251) / 2, sources: 5000 });
    expect(received[0]?.busiest).toHaveLength(20);
  });
});

describe("the daily summary", () => {
  const paris = { dailySummaryOn: true, dailySummaryHour: 7, timeZone: "Europe/Paris" };

  it("comes once a day when the hour has begun there, with the last day that is over", async () => {
    await writeEvents(redis, [attack({ count: 3 })]);
    await changeNotifications(redis, seal, { settings: settings(paris) });
    await turn();
    const sentAt: string[] = [];
    for (let minute = 0; minute < 48 * 60; minute += 10) {
      const before = received.length;
      await turn(10);
      if (received.length > before) sentAt.push(new Date(nowMs).toISOString().slice(0, 16));
    }
    expect(sentAt).toEqual(["2026-11-23T06:00", "2026-11-24T06:00"]);
    expect(received).toMatchObject([
      { kind: "daily-report", date: "2026-11-22", total: 3, rows: [{ attacker: "198.51.100.7", blocks: 3 }] },
      { kind: "daily-report", date: "2026-11-23", total: 0 },
    ]);
  });

  it("keeps its hour over the change to summer time, and comes also when that hour does not exist", async () => {
    nowMs = Date.UTC(2027, 2, 27, 0, 30);
    await changeNotifications(redis, seal, { settings: settings({ ...paris, dailySummaryHour: 2 }) });
    await turn();
    const sentAt: string[] = [];
    for (let step = 0; step < 3 * 24 * 2; step += 1) {
      const before = received.length;
      await turn(30);
      if (received.length > before) sentAt.push(new Date(nowMs).toISOString().slice(0, 16));
    }
    expect(sentAt).toEqual(["2027-03-27T01:00", "2027-03-28T01:00", "2027-03-29T00:00", "2027-03-30T00:00"]);
  });

  it("comes late rather than never when control was down at the hour", async () => {
    await changeNotifications(redis, seal, { settings: settings(paris) });
    await turn();
    await turn(24 * 60);
    expect(received).toMatchObject([{ date: "2026-11-22" }]);
  });
});

describe("secrets and tests", () => {
  const smtp = {
    host: "127.0.0.1",
    port: 1,
    security: "none",
    verifyCertificate: true,
    user: "mailer",
    from: "sipprot@example.org",
  } as const;
  const withMail = () => settings({ smtp, recipients: ["anna@example.org"] });

  it("are in no answer, stay when left out, and go with the server they belong to", async () => {
    await changeNotifications(redis, seal, {
      settings: withMail(),
      smtpPassword: "open sesame",
      webhookSecret: "0123456789abcdef",
    });
    await changeNotifications(redis, seal, { settings: withMail() });
    const view = notificationViewSchema.parse(await viewNotifications(redis, seal));
    expect(view).toMatchObject({ hasSmtpPassword: true, hasWebhookSecret: true });
    expect(JSON.stringify(view)).not.toMatch(/sesame|0123456789abcdef/);
    const stored = [await redis.get(redisKeys.notifications), await redis.hgetall(redisKeys.notificationSecrets)];
    expect(JSON.stringify(stored)).not.toMatch(/sesame|0123456789abcdef/);
    await changeNotifications(redis, seal, { settings: { ...withMail(), smtp: { ...smtp, host: "localhost" } } });
    const secrets = await readNotificationSecrets(redis, seal);
    expect([secrets.open("smtpPassword"), secrets.open("webhookSecret")]).toEqual(["", "0123456789abcdef"]);
  });

  it("answer a test with what the other side really said", async () => {
    await changeNotifications(redis, seal, { settings: withMail() });
    expect(await sendTest(redis, seal, "webhook", "pbx1", nowMs)).toEqual({ isTaken: true, answer: "200 OK: ok" });
    expect(received).toEqual([{ kind: "test", host: "pbx1", atMs: nowMs }]);
    const mail = await sendTest(redis, seal, "mail", "pbx1", nowMs);
    expect(mail).toMatchObject({ isTaken: false, answer: expect.stringContaining("ECONNREFUSED") });
    await changeNotifications(redis, seal, { settings: settings({ webhook: null }) });
    await expect(sendTest(redis, seal, "webhook", "pbx1", nowMs)).rejects.toMatchObject({ code: "not-found" });
  });

  it("that were sealed under a key this host does not have fail their channel, which says so, and no other", async () => {
    const other = new SecretSeal([Buffer.alloc(32, 8)]);
    await changeNotifications(redis, other, {
      settings: { ...withMail(), dailySummaryOn: true },
      webhookSecret: "0123456789abcdef",
    });
    const why = { isTaken: false, answer: expect.stringContaining("key") };
    expect(await sendTest(redis, seal, "webhook", "pbx1", nowMs)).toEqual(why);
    expect((await sendTest(redis, seal, "mail", "pbx1", nowMs)).answer).toContain("ECONNREFUSED");
    expect(received).toEqual([]);
    expect(await viewNotifications(redis, seal)).toMatchObject({ hasWebhookSecret: true });
  });

  it("refuse settings that would tell nobody", async () => {
    const deaf = settings({ webhook: null, dailySummaryOn: true });
    await expect(changeNotifications(redis, seal, { settings: deaf })).rejects.toMatchObject({
      code: "bad-notification",
    });
  });
});

it("shows nothing from the wire as markup or control characters, in either language", () => {
  const busiest = [
    { source: "<img src=x>", country: "FR", gate: "\u001b[2J", refused: 1, isBlocked: true, isDeniedForGood: false },
  ];
  const digest = { refused: 1, blocksBegun: 1, deniedForGood: 0, sources: 3, fromMs: 0, toMs: 1, busiest };
  for (const language of ["en", "fr"] as const) {
    const { html, text } = attackMessage(digest, "<pbx>", language, "0-0");
    expect(html).not.toMatch(/<img|<pbx|\u001b/);
    expect(text).not.toContain("\u001b");
    expect(text).toContain(language === "fr" ? "Et 2 autres sources." : "And 2 more sources.");
  }
});
