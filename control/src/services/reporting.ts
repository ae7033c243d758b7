/** Statistics, reports and notifications on one store, as the procedures use them. */
import type { Redis } from "ioredis";
import type { NotificationsPort } from "../api/ports/notifications.ts";
import type { ReportsPort } from "../api/ports/reports.ts";
import type { StatsPort } from "../api/ports/stats.ts";
import { mailReport, sendTest, viewNotifications } from "./notifications/notifications.ts";
import { changeNotifications } from "./notifications/settings.ts";
import { makeReport } from "./report.ts";
import { formatReport } from "./report-formats.ts";
import { readStats } from "./stats.ts";

/** `host` is the name reports and messages are headed with. */
export function openReporting(
  redis: Redis,
  host: string,
): { readonly stats: StatsPort; readonly reports: ReportsPort; readonly notifications: NotificationsPort } {
  return {
    stats: { read: (range, nowMs) => readStats(redis, range, nowMs) },
    reports: {
      daily: (date) => makeReport(redis, host, date),
      formatted: async (date, format, language) => formatReport(await makeReport(redis, host, date), format, language),
      mail: async (date, nowMs) => mailReport(redis, await makeReport(redis, host, date), nowMs),
    },
    notifications: {
      get: () => viewNotifications(redis),
      health: async () => (await viewNotifications(redis)).channels,
      change: async (change, actor) => {
        actor.tell(await changeNotifications(redis, change));
        return viewNotifications(redis);
      },
      sendTest: (channel, nowMs) => sendTest(redis, channel, host, nowMs),
    },
  };
}
