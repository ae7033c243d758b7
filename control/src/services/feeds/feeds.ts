/** Feeds as operators deal with them, and the turns in which those that are due are fetched. */
import { isDeepStrictEqual } from "node:util";
import { SipprotError } from "@sipprot/shared/errors";
import { type Feed, type FeedChange, type FeedView, feedSchema, feedStatusSchema } from "@sipprot/shared/feed";
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import { LoneTurn } from "../lone-turn.ts";
import type { StoreLock } from "../store-lock.ts";
import { applyFeed, withdraw } from "./feed-denial.ts";
import { defaultFetchLimits, type FetchLimits, fetchFeed } from "./feed-fetch.ts";
import { FEED_LOCK_MS } from "./feed-lock.ts";
import {
  duringStage,
  type FeedProgress,
  forgetFeed,
  readCopy,
  readFeed,
  readFeedProgress,
  readFeedStage,
  readFeeds,
  writeFeed,
  writeFeedProgress,
} from "./feed-store.ts";
import { FeedRefused, readFeedText } from "./feed-text.ts";

/** How often the feeds should have a turn. */
export const FEEDS_TURN_MS = 60_000;
/** Pause after the first failure; it doubles up to the feed's own interval. */
const FIRST_RETRY_MS = 300_000;

export class Feeds {
  readonly #redis: Redis;
  readonly #guarded: readonly GuardedNetwork[];
  readonly #now: () => number;
  readonly #limits: FetchLimits;
  readonly #turn: LoneTurn;

  /** `guarded` are addresses that must never be denied; `now` tells the time in epoch milliseconds. */
  constructor(redis: Redis, guarded: readonly GuardedNetwork[], now: () => number, limits = defaultFetchLimits) {
    this.#redis = redis;
    this.#guarded = guarded;
    this.#now = now;
    this.#limits = limits;
    this.#turn = new LoneTurn(redis, redisKeys.feedLock, FEED_LOCK_MS, (lock) => this.#serveAll(lock));
  }

  async list(): Promise<FeedView[]> {
    const views: FeedView[] = [];
    for (const feed of await readFeeds(this.#redis)) {
      const progress = await readFeedProgress(this.#redis, feed.id);
      const work = await readFeedStage(this.#redis, feed.id, this.#now(), FEED_LOCK_MS);
      const status = feedStatusSchema.strip().parse(progress);
      views.push({ feed, status, ...(work === undefined ? {} : { work }) });
    }
    return views;
  }

  /**
   * Subscribes to a feed or changes it; the next turn fetches it. Returns what was there before. Throws `bad-feed`, and
   * `changed-meanwhile` where it is not what `seen` says.
   */
  async put({ seen, ...given }: FeedChange): Promise<{ readonly before: Feed | undefined; readonly after: Feed }> {
    const after = feedSchema.parse(given);
    const before = await readFeed(this.#redis, after.id);
    if (seen !== undefined && !isDeepStrictEqual(seen, before)) {
      throw new SipprotError("changed-meanwhile", `somebody else changed the feed ${after.id} meanwhile`, {
        remedy: "look at it as it is now, then decide",
      });
    }
    const progress = await readFeedProgress(this.#redis, after.id);
    if (progress.state === "leaving") {
      throw new SipprotError("bad-feed", `${after.id} is still being taken off the denylist`, {
        field: "id",
        value: after.id,
        remedy: "try again in a minute, or choose another id",
      });
    }
    await writeFeed(this.#redis, after);
    await writeFeedProgress(this.#redis, after.id, { ...progress, failures: 0, nextTryAtMs: undefined });
    return { before, after };
  }

  /** Subscribes to a feed that is not there yet. Throws `already-there`, `bad-feed`. */
  async add(given: Feed): Promise<Feed> {
    if ((await readFeed(this.#redis, given.id)) !== undefined) {
      throw new SipprotError("already-there", `there is a feed ${given.id} already`, {
        field: "id",
        value: given.id,
        remedy: "take another id, or change the one that is there",
      });
    }
    return (await this.put(given)).after;
  }

  /** Unsubscribes: its entries are taken off in the next turn, whatever happens in between. Throws `not-found`. */
  async remove(id: string): Promise<Feed> {
    const feed = await this.#require(id);
    const progress = await readFeedProgress(this.#redis, id);
    await writeFeedProgress(this.#redis, id, { ...progress, state: "leaving", nextTryAtMs: undefined });
    return feed;
  }

  /** Has a feed fetched in the next turn, whether it is due or not. Throws `not-found`. */
  async hasten(id: string): Promise<void> {
    await this.#require(id);
    const progress = await readFeedProgress(this.#redis, id);
    await writeFeedProgress(this.#redis, id, { ...progress, nextTryAtMs: undefined });
  }

  /** Fetches what is due, one after the other. A turn that is going on is joined. Throws when the store does not answer. */
  async takeTurn(): Promise<void> {
    await this.#turn.take();
  }

  async #serveAll(lock: StoreLock): Promise<void> {
    for (const feed of await readFeeds(this.#redis)) {
      if (!(await lock.renew())) return;
      await this.#serve(feed);
    }
  }

  async #serve(feed: Feed): Promise<void> {
    const progress = await readFeedProgress(this.#redis, feed.id);
    const nowMs = this.#now();
    if (progress.state === "leaving") {
      await duringStage(this.#redis, feed.id, { stage: "leaving", sinceMs: nowMs }, async () => {
        const copy = [...(await readCopy(this.#redis, feed.id))];
        await withdraw(this.#redis, feed.id, copy, nowMs, this.#guarded);
      });
      await forgetFeed(this.#redis, feed.id);
      return;
    }
    // Tried later than now: the clock was set back since.
    const isEarly = nowMs < (progress.nextTryAtMs ?? 0) && (progress.triedAtMs ?? 0) <= nowMs;
    if (!feed.isOn || isEarly) return;
    const outcome = await this.#update(feed, progress, nowMs);
    // Unsubscribed or changed while it was fetched: the next turn takes off, or fetches, what this one could not know of.
    const { state } = await readFeedProgress(this.#redis, feed.id);
    const isChanged = JSON.stringify(await readFeed(this.#redis, feed.id)) !== JSON.stringify(feed);
    await writeFeedProgress(this.#redis, feed.id, {
      ...outcome,
      ...(state === "leaving" ? { state } : {}),
      ...(isChanged ? { nextTryAtMs: undefined } : {}),
    });
  }

  async #update(feed: Feed, progress: FeedProgress, nowMs: number): Promise<FeedProgress> {
    const intervalMs = feed.intervalMinutes * 60_000;
    const isSame = progress.url === feed.url && progress.column === feed.column;
    const tried = { ...progress, triedAtMs: nowMs };
    try {
      // What the allowlist kept out is not in the copy: it is read anew, for it may be denied by now.
      const version = isSame && progress.allowed === 0 ? progress : {};
      const fetched = await this.#during("fetching", feed, () => fetchFeed(feed.url, version, this.#limits));
      const text = fetched === undefined ? undefined : await readFeedText(fetched.text, feed.column);
      const networks = text?.networks ?? (await readCopy(this.#redis, feed.id));
      const { allowed } = await this.#during("applying", feed, () =>
        applyFeed(this.#redis, feed, networks, this.#guarded, nowMs),
      );
      return {
        ...tried,
        ...(fetched === undefined ? {} : { etag: fetched.etag, lastModified: fetched.lastModified }),
        state: "ok",
        detail: fetched === undefined ? "not changed since the last time" : "",
        entries: networks.size - allowed,
        allowed,
        badLines: text?.badLines ?? progress.badLines,
        firstBadLines: [...(text?.firstBadLines ?? progress.firstBadLines)],
        isUnchanged: fetched === undefined,
        failure: undefined,
        url: feed.url,
        column: feed.column,
        fetchedAtMs: nowMs,
        failures: 0,
        nextTryAtMs: nowMs + intervalMs,
      };
    } catch (error) {
      if (!(error instanceof SipprotError)) throw error;
      const pauseMs = Math.min(intervalMs, FIRST_RETRY_MS * 2 ** Math.min(progress.failures, 20));
      return {
        ...tried,
        state: "failed",
        detail: error.message.slice(0, 500),
        isUnchanged: false,
        failure: error instanceof FeedRefused ? error.failure : { kind: "other", value: "" },
        failures: progress.failures + 1,
        nextTryAtMs: nowMs + pauseMs,
      };
    }
  }

  async #during<Result>(stage: "fetching" | "applying", { id }: Feed, work: () => Promise<Result>): Promise<Result> {
    return duringStage(this.#redis, id, { stage, sinceMs: this.#now() }, work);
  }

  async #require(id: string): Promise<Feed> {
    const feed = await readFeed(this.#redis, id);
    if (feed !== undefined) return feed;
    throw new SipprotError("not-found", `there is no feed ${JSON.stringify(id)}`, { field: "id", value: id });
  }
}
