import { setTimeout as pause } from "node:timers/promises";
import type { NewAuditRecord } from "@sipprot/shared/audit";
import { notificationSettingsSchema } from "@sipprot/shared/notification";
import type { Role } from "@sipprot/shared/role";
import { writeEvents } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { openReporting, type Reporting } from "../services/reporting.ts";
import { SecretSeal } from "../services/secret-seal.ts";
import type { Services } from "./context.ts";
import { createCaller } from "./root.ts";

const day = "2026-11-22";
let store: TestRedis;
let redis: Redis;
let reporting: Reporting;
let stop: () => Promise<void>;
let written: NewAuditRecord[] = [];

beforeAll(async () => {
  store = await startTestRedis("reporting");
  redis = await store.open();
  reporting = openReporting(redis, new SecretSeal([Buffer.alloc(32, 7)]), "pbx1", [], () => Date.UTC(2026, 10, 22, 12));
  // The clock stands still: only hastened turns are taken.
  stop = reporting.start({ after: () => () => undefined }, (error) => {
    throw error;
  });
});

afterAll(async () => {
  await stop();
  await store.close();
});

beforeEach(async () => {
  await redis.flushall();
  written = [];
});

/** Calls procedures in a role; only the services of these routers are there. */
function as(role: Role | undefined) {
  const services = {
    ...reporting.ports,
    audit: { write: async (record: NewAuditRecord) => void written.push(record) },
  } as unknown as Services;
  return createCaller({
    caller: role === undefined ? undefined : { name: `user:${role}`, role, mustChangePassword: false },
    address: "192.0.2.1",
    agent: "",
    cookies: { set: () => undefined, clear: () => undefined },
    services,
    nowMs: () => Date.UTC(2026, 10, 22, 12),
    onTrouble: (error) => {
      throw error;
    },
  });
}

const settings = { ...notificationSettingsSchema.parse({}), recipients: ["anna@example.org"] };

describe("statistics, reports and notifications over the API", () => {
  it("give the same sum, whichever is asked", async () => {
    await writeEvents(redis, [
      {
        kind: "refused",
        atMs: Date.parse(`${day}T10:00:00Z`),
        count: 41,
        host: "pbx1",
        endpoint: "[2001:db8::10]:5060",
        transport: "udp",
        source: "2001:db8:1::/64",
        gate: "flood",
        reason: { gate: "flood", messagesPerSecond: 100, burstMessages: 400 },
        proven: false,
        method: "OPTIONS",
        agent: "",
      },
    ]);
    const viewer = as("viewer");
    const report = await viewer.reports.daily({ date: day });
    expect(report.rows).toMatchObject([
      { attacker: "2001:db8:1::/64", victim: "2001:db8::10", method: "FLOOD:OPTIONS" },
    ]);
    expect((await viewer.stats.read({ from: day, to: day })).refused).toBe(report.total);
    expect(await viewer.reports.formatted({ date: day, format: "csv" })).toContain(",,,TOTAL,41\r\n");
    expect(await viewer.reports.formatted({ date: day, format: "html", language: "fr" })).toContain("PAYS");
  });

  it("write a change into the audit trail with what was there before, and without secrets", async () => {
    const view = await as("administrator").notifications.change({ settings, webhookSecret: "0123456789abcdef" });
    expect(view).toMatchObject({ settings, hasWebhookSecret: true });
    expect(written).toMatchObject([{ by: "user:administrator", action: "notifications.change", outcome: "done" }]);
    expect(written[0]?.before).toContain('"recipients":[]');
    expect(written[0]?.after).toContain("anna@example.org");
    expect(JSON.stringify(written)).not.toContain("0123456789abcdef");
  });

  it("tell what a test and the other side say, for administrators alone", async () => {
    const admin = as("administrator");
    expect(await admin.notifications.testDialogue({ channel: "webhook" })).toBeUndefined();
    await admin.notifications.change({ settings: { ...settings, webhook: { url: "http://127.0.0.1:1/hook" } } });
    const answer = await admin.notifications.sendTest({ channel: "webhook" });
    expect(answer.isTaken).toBe(false);
    const dialogue = await admin.notifications.testDialogue({ channel: "webhook" });
    expect(dialogue?.isOver).toBe(true);
    expect(dialogue?.lines[0]).toMatchObject({ speaker: "sipprot", text: "POST http://127.0.0.1:1/hook" });
    expect((await admin.notifications.history({})).rows).toMatchObject([{ kind: "test", isTaken: false }]);
    await expect(as("operator").notifications.history({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("subscribe to a feed, which is tried at once, and leave it", async () => {
    const admin = as("administrator");
    await admin.feeds.add({ id: "spam", name: "Spam", url: "http://127.0.0.1:1/" });
    while ((await admin.feeds.list())[0]?.status.state !== "failed") await pause(5);
    expect((await admin.feeds.list())[0]?.status.detail).toContain("ECONNREFUSED");
    await admin.feeds.remove({ id: "spam" });
    while ((await admin.feeds.list()).length > 0) await pause(5);
    expect(written.map((record) => record.action)).toEqual(["feeds.add", "feeds.remove"]);
    expect(written[1]?.before).toContain('"id":"spam"');
    await expect(admin.feeds.put({ id: "../x", name: "x", url: "http://127.0.0.1/" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});
