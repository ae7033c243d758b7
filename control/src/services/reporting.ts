/** Statistics, reports, notifications and feeds on one store, as the procedures use them, with the turns they need. */
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import type { FeedsPort } from "../api/ports/feeds.ts";
import type { NotificationsPort } from "../api/ports/notifications.ts";
import type { ReportsPort } from "../api/ports/reports.ts";
import type { StatsPort } from "../api/ports/stats.ts";
import { FEEDS_TURN_MS, Feeds } from "./feeds/feeds.ts";
import { mailReport, sendTest, viewNotifications } from "./notifications/notifications.ts";
import { NOTIFIER_TURN_MS, Notifier } from "./notifications/notifier.ts";
import { changeNotifications } from "./notifications/settings.ts";
import { makeReport } from "./report.ts";
import { formatReport } from "./report-formats.ts";
import { readStats } from "./stats.ts";
import { startTurns, type Timers } from "./turns.ts";

export interface Reporting {
  readonly ports: {
    readonly stats: StatsPort;
    readonly reports: ReportsPort;
    readonly notifications: NotificationsPort;
    readonly feeds: FeedsPort;
  };
  /** Ends the turns; settles when those that are going on have ended. */
  readonly stop: () => Promise<void>;
}

export interface ReportingNeeds {
  readonly redis: Redis;
  /** Name that reports and messages are headed with. */
  readonly host: string;
  /** Addresses no feed may deny. */
  readonly guarded: readonly GuardedNetwork[];
  readonly now: () => number;
  readonly timers: Timers;
  /** Told when a turn failed because the store did not answer. */
  readonly onTrouble: (error: unknown) => void;
}

/** Begins to notify and to follow feeds, and offers the ports. */
export function startReporting({ redis, host, guarded, now, timers, onTrouble }: ReportingNeeds): Reporting {
  const notifier = new Notifier(redis, host, now);
  const feeds = new Feeds(redis, guarded, now);
  const notifying = startTurns(() => notifier.takeTurn(), NOTIFIER_TURN_MS, timers, onTrouble);
  const feeding = startTurns(() => feeds.takeTurn(), FEEDS_TURN_MS, timers, onTrouble);
  const stop = async () => {
    await Promise.all([notifying.stop(), feeding.stop()]);
  };
  const ports: Reporting["ports"] = {
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
        notifying.hasten();
        return viewNotifications(redis);
      },
      sendTest: (channel, nowMs) => sendTest(redis, channel, host, nowMs),
    },
    feeds: {
      list: () => feeds.list(),
      put: async (feed, actor) => {
        actor.tell(await feeds.put(feed));
        feeding.hasten();
        return feeds.list();
      },
      remove: async (id, actor) => {
        actor.tell({ before: await feeds.remove(id) });
        feeding.hasten();
        return feeds.list();
      },
      fetchNow: async (id) => {
        await feeds.hasten(id);
        feeding.hasten();
        return feeds.list();
      },
    },
  };
  return { ports, stop };
}
