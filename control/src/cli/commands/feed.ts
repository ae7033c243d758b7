/** `sipprot feed list|add|remove|refresh|enable|disable`: denylists kept by others. */
import { SipprotError } from "@sipprot/shared/errors";
import { type Feed, type FeedView, feedIdSchema, feedSchema } from "@sipprot/shared/feed";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import { Feeds } from "../../services/feeds/feeds.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";
import { formatMinute, readDuration } from "../time.ts";

/** Said after what the control server does in its own time. */
const WITHIN_A_MINUTE = "the control server sees to it within a minute; at once with: sipprot feed refresh";

export interface FeedOptions {
  readonly name?: string;
  readonly column?: number;
  readonly every?: string;
}

export async function showFeeds(session: Session): Promise<void> {
  const views = await session.withStore(({ redis, guarded }) => openFeeds(redis, guarded).list());
  session.answer(views, () => (views.length === 0 ? "no feed is subscribed" : draw(session, views)));
}

/** Subscribes to a feed; an id that is there already is an error, so that nothing is replaced by mistake. */
export async function addFeed(session: Session, id: string, url: string, options: FeedOptions): Promise<void> {
  const feed = readFeed({
    id,
    name: options.name ?? id,
    url,
    ...(options.column === undefined ? {} : { column: options.column }),
    ...(options.every === undefined ? {} : { intervalMinutes: Math.ceil(readDuration(options.every, "--every") / 60) }),
  });
  await withAudit(session, "feeds.add", feed, async (redis, actor, { guarded }) => {
    actor.tell({ after: await openFeeds(redis, guarded).add(feed) });
  });
  session.answer(feed, () => `${feed.id}: subscribed; ${WITHIN_A_MINUTE} ${feed.id}`);
}

export async function removeFeed(session: Session, id: string): Promise<void> {
  const feed = await withAudit(session, "feeds.remove", { id }, async (redis, actor, { guarded }) => {
    const before = await openFeeds(redis, guarded).remove(readId(id));
    actor.tell({ before });
    return before;
  });
  session.answer({ removed: feed.id }, () => `${id}: unsubscribed, its entries leave the Denylist; ${WITHIN_A_MINUTE}`);
}

export async function switchFeed(session: Session, id: string, isOn: boolean): Promise<void> {
  const feed = await withAudit(session, "feeds.put", { id, isOn }, async (redis, actor, { guarded }) => {
    const feeds = openFeeds(redis, guarded);
    const { feed: found } = await findView(feeds, readId(id));
    const { before, after } = await feeds.put({ ...found, isOn });
    actor.tell({ before, after });
    return after;
  });
  session.answer(feed, () =>
    isOn ? `${id}: on; ${WITHIN_A_MINUTE} ${id}` : `${id}: off; what it put on the Denylist stays`,
  );
}

/** Fetches now, without a control server; without an id all feeds. Exit code 1 when a feed could not be fetched. */
export async function refreshFeeds(session: Session, id: string | undefined): Promise<void> {
  const views = await withAudit(session, "feeds.fetchNow", { id }, async (redis, actor, { guarded }) => {
    const feeds = openFeeds(redis, guarded);
    const before = await feeds.list();
    const wanted = id === undefined ? before : [await findView(feeds, readId(id))];
    for (const { feed } of wanted) await feeds.hasten(feed.id);
    await feeds.takeTurn();
    const after = (await feeds.list()).filter(({ feed }) => wanted.some((one) => one.feed.id === feed.id));
    actor.tell({ before: wanted.map(({ status }) => status), after: after.map(({ status }) => status) });
    return after;
  });
  if (views.some(({ status }) => status.state === "failed")) session.exitCode = 1;
  session.answer(views, () => (views.length === 0 ? "there is no feed to fetch" : draw(session, views)));
}

function openFeeds(redis: Redis, guarded: readonly GuardedNetwork[]): Feeds {
  return new Feeds(redis, guarded, Date.now);
}

async function findView(feeds: Feeds, id: string): Promise<FeedView> {
  const view = (await feeds.list()).find(({ feed }) => feed.id === id);
  if (view !== undefined) return view;
  throw new SipprotError("not-found", `there is no feed ${JSON.stringify(id)}`, {
    field: "ID",
    value: id,
    remedy: "see them with: sipprot feed list",
  });
}

function readId(text: string): string {
  const parsed = feedIdSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw badFeed("ID", text, parsed.error.issues[0]?.message);
}

function readFeed(given: unknown): Feed {
  const parsed = feedSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? "feed");
  const option = { intervalMinutes: "--every", column: "--column", name: "--name" }[field] ?? field.toUpperCase();
  throw badFeed(option, JSON.stringify((given as Record<string, unknown>)[field]), issue?.message);
}

function badFeed(field: string, value: string, expected = "another value"): SipprotError {
  return new SipprotError("bad-feed", `this feed cannot be: ${expected}`, {
    field,
    value: value.slice(0, 80),
    expected,
    remedy: "sipprot help feed add",
  });
}

function draw(session: Session, views: readonly FeedView[]): string {
  return session.table(
    [
      { heading: "ID", align: "left", wraps: true },
      { heading: "ADDRESS", align: "left", wraps: true },
      { heading: "STATE", align: "left", wraps: true },
      { heading: "ENTRIES", align: "right" },
      { heading: "FETCHED", align: "left", wraps: true },
    ],
    views.map(({ feed, status }) => [
      feed.id,
      feed.url,
      describeState({ feed, status }),
      String(status.entries),
      formatMinute(status.fetchedAtMs, "never"),
    ]),
  );
}

function describeState({ feed, status }: FeedView): string {
  if (status.state === "leaving") return "leaving";
  if (!feed.isOn) return "off";
  return status.detail === "" ? status.state : `${status.state}: ${status.detail}`;
}
