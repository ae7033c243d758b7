/** Statistics, reports, notifications and feeds on one store, as the procedures use them, with the turns they need. */
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import type { FeedsPort } from "../api/ports/feeds.ts";
import type { NotificationsPort } from "../api/ports/notifications.ts";
import type { ReportsPort } from "../api/ports/reports.ts";
import type { StatsPort } from "../api/ports/stats.ts";
import { FEEDS_TURN_MS, Feeds } from "./feeds/feeds.ts";
import { readNotificationHistory } from "./notifications/delivery.ts";
import { mailReport, sendTest, viewNotifications } from "./notifications/notifications.ts";
import { NOTIFIER_TURN_MS, Notifier } from "./notifications/notifier.ts";
import { changeNotifications } from "./notifications/settings.ts";
import { TestDialogues } from "./notifications/test-dialogues.ts";
import { makeReport } from "./report.ts";
import { formatReport } from "./report-formats.ts";
import type { SecretSeal } from "./secret-seal.ts";
import { readStats } from "./stats.ts";
import { startTurns, type Timers, type Turns } from "./turns.ts";
import { readWindow } from "./window-stats.ts";

export interface Reporting {
  readonly ports: {
    readonly stats: StatsPort;
    readonly reports: ReportsPort;
    readonly notifications: NotificationsPort;
    readonly feeds: FeedsPort;
  };
  /** Begins to notify and to follow feeds. `onTrouble` is told when the store did not answer. Returns how to end it. */
  readonly start: (timers: Timers, onTrouble: (error: unknown) => void) => () => Promise<void>;
}

/**
 * Opens statistics, reports, notifications and feeds. `host` is the name that reports and messages are headed with,
 * `guarded` are addresses no feed may deny.
 */
export function openReporting(
  redis: Redis,
  seal: SecretSeal,
  host: string,
  guarded: readonly GuardedNetwork[],
  now: () => number,
): Reporting {
  const notifier = new Notifier(redis, seal, host, now);
  const feeds = new Feeds(redis, guarded, now);
  const dialogues = new TestDialogues(now);
  let notifying: Turns | undefined;
  let feeding: Turns | undefined;
  const start: Reporting["start"] = (timers, onTrouble) => {
    notifying = startTurns(() => notifier.takeTurn(), NOTIFIER_TURN_MS, timers, onTrouble);
    feeding = startTurns(() => feeds.takeTurn(), FEEDS_TURN_MS, timers, onTrouble);
    return async () => {
      await Promise.all([notifying?.stop(), feeding?.stop()]);
    };
  };
  const ports: Reporting["ports"] = {
    stats: {
      read: (range, nowMs) => readStats(redis, range, nowMs),
      window: (window, nowMs) => readWindow(redis, window, nowMs),
    },
    reports: {
      daily: (date) => makeReport(redis, host, date),
      formatted: async (date, format, language) => formatReport(await makeReport(redis, host, date), format, language),
      mail: async (date, actor) => {
        const sent = await mailReport(redis, seal, await makeReport(redis, host, date), actor.nowMs);
        actor.tell({ after: sent });
        return sent;
      },
    },
    notifications: {
      get: () => viewNotifications(redis, seal),
      health: async () => (await viewNotifications(redis, seal)).channels,
      change: async (change, actor) => {
        actor.tell(await changeNotifications(redis, seal, change));
        notifying?.hasten();
        return viewNotifications(redis, seal);
      },
      sendTest: async (channel, actor) => {
        const sent = await dialogues.during(channel, (overhear) =>
          sendTest(redis, seal, channel, host, actor.nowMs, overhear),
        );
        actor.tell({ after: sent });
        return sent;
      },
      testDialogue: async (channel) => dialogues.read(channel),
      history: (query, nowMs) => readNotificationHistory(redis, query, nowMs),
    },
    feeds: {
      list: () => feeds.list(),
      add: async (feed, actor) => {
        actor.tell({ after: await feeds.add(feed) });
        feeding?.hasten();
        return feeds.list();
      },
      put: async (feed, actor) => {
        actor.tell(await feeds.put(feed));
        feeding?.hasten();
        return feeds.list();
      },
      remove: async (id, actor) => {
        actor.tell({ before: await feeds.remove(id) });
        feeding?.hasten();
        return feeds.list();
      },
      fetchNow: async (id, actor) => {
        actor.tell({ before: (await feeds.list()).find(({ feed }) => feed.id === id)?.status });
        await feeds.hasten(id);
        feeding?.hasten();
        return feeds.list();
      },
    },
  };
  return { ports, start };
}
