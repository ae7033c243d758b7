/** Feeds in the store: what is subscribed, how far each is, and the last good copy. */
import { SipprotError } from "@sipprot/shared/errors";
import { type Feed, type FeedStage, feedSchema, feedStageSchema, feedStatusSchema } from "@sipprot/shared/feed";
import { MAX_FEEDS, redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { z } from "zod";
import { stepsOf } from "../gentle-walk.ts";

export const feedProgressSchema = feedStatusSchema.extend({
  /** The address the copy is of; another one is fetched anew. */
  url: z.string().default(""),
  /** The column the copy is of. */
  column: z.number().default(1),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  failures: z.number().int().nonnegative().default(0),
});
export type FeedProgress = z.infer<typeof feedProgressSchema>;

const unfetched: FeedProgress = feedProgressSchema.parse({
  state: "waiting",
  detail: "",
  entries: 0,
  allowed: 0,
  badLines: 0,
});

/** Members written to a copy at a time. */
const STEP = 1000;

/** All feeds by id. A record this version cannot read is left out. */
export async function readFeeds(redis: Redis): Promise<Feed[]> {
  const feeds: Feed[] = [];
  for (const text of await redis.hvals(redisKeys.feeds)) {
    const feed = readStoredJson(feedSchema, text);
    if (feed !== undefined) feeds.push(feed);
  }
  return feeds.sort((one, other) => (one.id < other.id ? -1 : 1));
}

export async function readFeed(redis: Redis, id: string): Promise<Feed | undefined> {
  return readStoredJson(feedSchema, await redis.hget(redisKeys.feeds, id));
}

/** Writes a feed's record. Throws `bad-feed` when there would be too many. */
export async function writeFeed(redis: Redis, feed: Feed): Promise<void> {
  if (!(await redis.hexists(redisKeys.feeds, feed.id)) && (await redis.hlen(redisKeys.feeds)) >= MAX_FEEDS) {
    throw new SipprotError("bad-feed", `there are ${MAX_FEEDS} feeds already`, {
      field: "id",
      remedy: "unsubscribe from one first",
    });
  }
  await redis.hset(redisKeys.feeds, feed.id, JSON.stringify(feed));
}

export async function readFeedProgress(redis: Redis, id: string): Promise<FeedProgress> {
  return readStoredJson(feedProgressSchema, await redis.hget(redisKeys.feedProgress, id)) ?? unfetched;
}

export async function writeFeedProgress(redis: Redis, id: string, progress: FeedProgress): Promise<void> {
  await redis.hset(redisKeys.feedProgress, id, JSON.stringify(progress));
}

/** Everything that is kept of a feed but its entries on the denylist. */
export async function forgetFeed(redis: Redis, id: string): Promise<void> {
  await redis
    .multi()
    .del(redisKeys.feedCopy(id))
    .hdel(redisKeys.feedProgress, id)
    .hdel(redisKeys.feedWork, id)
    .hdel(redisKeys.feeds, id)
    .exec();
}

/** Does a stage of the work on a feed and notes it meanwhile, apart from how far it has got: somebody may change that. */
export async function duringStage<Result>(
  redis: Redis,
  id: string,
  stage: FeedStage,
  work: () => Promise<Result>,
): Promise<Result> {
  await redis.hset(redisKeys.feedWork, id, JSON.stringify(stage));
  try {
    return await work();
  } finally {
    await redis.hdel(redisKeys.feedWork, id);
  }
}

/** What is being done with a feed; what was noted longer ago than any stage takes was left by a program that ended. */
export async function readFeedStage(
  redis: Redis,
  id: string,
  nowMs: number,
  longestMs: number,
): Promise<FeedStage | undefined> {
  const stage = readStoredJson(feedStageSchema, await redis.hget(redisKeys.feedWork, id));
  return stage === undefined || nowMs - stage.sinceMs > longestMs ? undefined : stage;
}

/** The networks of a feed's last good copy, read in portions: half a million in one answer would stop the server. */
export async function readCopy(redis: Redis, id: string): Promise<Set<string>> {
  const copy = new Set<string>();
  let cursor = "0";
  do {
    const [next, portion] = await redis.sscan(redisKeys.feedCopy(id), cursor, "COUNT", STEP);
    for (const network of portion) copy.add(network);
    cursor = next;
  } while (cursor !== "0");
  return copy;
}

export async function addToCopy(redis: Redis, id: string, networks: readonly string[]): Promise<void> {
  for (const step of stepsOf(networks, STEP)) await redis.sadd(redisKeys.feedCopy(id), ...step);
}

export async function removeFromCopy(redis: Redis, id: string, networks: readonly string[]): Promise<void> {
  for (const step of stepsOf(networks, STEP)) await redis.srem(redisKeys.feedCopy(id), ...step);
}

/** Which of the networks this feed's copy has. */
export async function findInCopy(redis: Redis, id: string, networks: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const step of stepsOf(networks, STEP)) {
    const answers = await redis.smismember(redisKeys.feedCopy(id), ...step);
    for (const [index, network] of step.entries()) if (answers[index] === 1) found.add(network);
  }
  return found;
}
