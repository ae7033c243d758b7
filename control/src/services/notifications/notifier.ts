/**
 * The notifier: on each turn it sends what is due, by every channel, and notes how that went.
 *
 * Rule: where a channel has got to is kept in the store, so that nothing is told twice after a restart, nothing is
 * lost while a channel fails, and of several controls on one store only one sends.
 */
import { SipprotError } from "@sipprot/shared/errors";
import type { NotificationSettings } from "@sipprot/shared/notification";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { dayOf } from "@sipprot/shared/store/count-period";
import { readLastEventId } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";
import { LoneTurn } from "../lone-turn.ts";
import { makeReport } from "../report.ts";
import type { SecretSeal } from "../secret-seal.ts";
import { collectAttacks } from "./attack-digest.ts";
import type { Channel } from "./channel.ts";
import { noteFailed, noteSent } from "./channel-health.ts";
import { openChannels } from "./channels.ts";
import { deliver } from "./delivery.ts";
import { attackMessage, reportMessage } from "./message.ts";
import { type Progress, readProgress, settleProgress, writeProgress } from "./progress.ts";
import { readReaders } from "./readers.ts";
import { readNotificationSecrets, readNotificationSettings } from "./settings.ts";

/** How often the notifier should have a turn. */
export const NOTIFIER_TURN_MS = 30_000;
/** Longer than all a turn may take: two messages a channel, 30 s each, the channels side by side. */
const LOCK_MS = 120_000;
/** Pause after the first failure; it doubles up to the longest. */
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;

export class Notifier {
  readonly #redis: Redis;
  readonly #seal: SecretSeal;
  readonly #host: string;
  readonly #now: () => number;
  readonly #turn: LoneTurn;

  /** `now` tells the time in epoch milliseconds. */
  constructor(redis: Redis, seal: SecretSeal, host: string, now: () => number) {
    this.#redis = redis;
    this.#seal = seal;
    this.#host = host;
    this.#now = now;
    this.#turn = new LoneTurn(redis, redisKeys.notificationLock, LOCK_MS, () => this.#sendDue());
  }

  /** Sends what is due. A turn that is still going on is joined. Throws only when the store does not answer. */
  async takeTurn(): Promise<void> {
    await this.#turn.take();
  }

  async #sendDue(): Promise<void> {
    const settings = await readNotificationSettings(this.#redis);
    const secrets = await readNotificationSecrets(this.#redis, this.#seal);
    const channels = openChannels(settings, secrets, await readReaders(this.#redis), this.#now);
    await settleProgress(this.#redis, channels);
    await Promise.all(channels.map((channel) => this.#serve(channel, settings)));
  }

  async #serve(channel: Channel, settings: NotificationSettings): Promise<void> {
    const nowMs = this.#now();
    let progress = await this.#begin(channel.key, settings, nowMs);
    // Later than any pause is from before the clock was set back.
    const waitMs = (progress.nextTryAtMs ?? 0) - nowMs;
    if (waitMs > 0 && waitMs <= LONGEST_RETRY_MS) return;
    try {
      progress = await this.#sendDaily(channel, settings, progress, nowMs);
      progress = await this.#sendAttacks(channel, settings, progress, nowMs);
      if (progress.failures === 0) return;
      progress = { ...progress, failures: 0, nextTryAtMs: undefined };
    } catch (error) {
      if (!(error instanceof SipprotError)) throw error;
      // What was sent before the failure is in the store already; read it again, so that it is not sent twice.
      const reached = (await readProgress(this.#redis, channel.key)) ?? progress;
      const pauseMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(reached.failures, 20));
      const nextTryAtMs = nowMs + pauseMs;
      progress = { ...reached, failures: reached.failures + 1, nextTryAtMs };
      await noteFailed(this.#redis, channel, error.message, nowMs, nextTryAtMs);
    }
    await writeProgress(this.#redis, channel.key, progress);
  }

  /** A channel that is new, or a message that was just switched on, begins now: nothing old is told. */
  async #begin(key: string, settings: NotificationSettings, nowMs: number): Promise<Progress> {
    const known = await readProgress(this.#redis, key);
    const local = localTime(nowMs, settings.timeZone);
    const begun: Progress = {
      ...(known ?? { failures: 0 }),
      attacksAfterId: settings.attackMessagesOn
        ? (known?.attacksAfterId ?? (await readLastEventId(this.#redis)))
        : undefined,
      dailyDoneOn: settings.dailySummaryOn
        ? (known?.dailyDoneOn ?? (local.hour >= settings.dailySummaryHour ? local.day : "before"))
        : undefined,
    };
    if (JSON.stringify(begun) !== JSON.stringify(known)) await writeProgress(this.#redis, key, begun);
    return begun;
  }

  async #sendDaily(channel: Channel, settings: NotificationSettings, progress: Progress, nowMs: number) {
    const local = localTime(nowMs, settings.timeZone);
    if (!settings.dailySummaryOn || local.hour < settings.dailySummaryHour || progress.dailyDoneOn === local.day) {
      return progress;
    }
    const report = await makeReport(this.#redis, this.#host, dayOf(nowMs - 86_400_000));
    const answer = await deliver(this.#redis, channel, reportMessage(report, channel.language), nowMs);
    return this.#sent(channel, answer, { ...progress, dailyDoneOn: local.day });
  }

  async #sendAttacks(channel: Channel, settings: NotificationSettings, progress: Progress, nowMs: number) {
    const { attacksAfterId } = progress;
    const intervalMs = settings.attackIntervalMinutes * 60_000;
    const sinceMs = nowMs - (progress.attacksSentAtMs ?? 0);
    if (attacksAfterId === undefined || (sinceMs >= 0 && sinceMs < intervalMs)) return progress;
    const { lastId, digest } = await collectAttacks(this.#redis, attacksAfterId);
    if (lastId === attacksAfterId) return progress;
    if (digest === undefined) {
      const passed = { ...progress, attacksAfterId: lastId };
      await writeProgress(this.#redis, channel.key, passed);
      return passed;
    }
    const message = attackMessage(digest, this.#host, channel.language, attacksAfterId);
    const answer = await deliver(this.#redis, channel, message, nowMs);
    return this.#sent(channel, answer, { ...progress, attacksAfterId: lastId, attacksSentAtMs: nowMs });
  }

  /** Noted at once: a stop right after a message must not send it again. */
  async #sent(channel: Channel, answer: string, progress: Progress): Promise<Progress> {
    const after = { ...progress, failures: 0, nextTryAtMs: undefined };
    await writeProgress(this.#redis, channel.key, after);
    await noteSent(this.#redis, channel, answer, this.#now());
    return after;
  }
}

/** The day (2026-11-22) and the hour in a time zone. */
function localTime(atMs: number, timeZone: string): { readonly day: string; readonly hour: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, hour: Number(part("hour")) };
}
