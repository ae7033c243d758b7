/** Feeds as the procedures use them. */
import type { Feed, FeedChange, FeedView } from "@sipprot/shared/feed";
import type { Actor } from "../actor.ts";

export interface FeedsPort {
  readonly list: () => Promise<FeedView[]>;
  /** Throws `already-there`. */
  readonly add: (feed: Feed, actor: Actor) => Promise<FeedView[]>;
  /** Throws `changed-meanwhile`. */
  readonly put: (change: FeedChange, actor: Actor) => Promise<FeedView[]>;
  readonly remove: (id: string, actor: Actor) => Promise<FeedView[]>;
  /** Has a feed fetched now, whether it is due or not; the answer does not wait for it. */
  readonly fetchNow: (id: string, actor: Actor) => Promise<FeedView[]>;
}
