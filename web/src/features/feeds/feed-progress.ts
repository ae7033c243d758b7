/** How a feed stands at this moment, from what the server tells and what was just asked for. Pure. */
import type { FeedView } from "@sipprot/shared/feed";

export type FeedStand = "paused" | "waiting" | "fetching" | "applying" | "leaving" | "ok" | "failed";

/** `askedAtMs` is when somebody asked for a fetch on this page. */
export function standOf({ feed, status, work }: FeedView, askedAtMs: number | undefined): FeedStand {
  if (status.state === "leaving") return "leaving";
  if (work !== undefined) return work.stage;
  if (!feed.isOn) return "paused";
  const isAsked = askedAtMs !== undefined && (status.triedAtMs ?? 0) < askedAtMs;
  if (isAsked || status.nextTryAtMs === undefined || status.state === "waiting") return "waiting";
  return status.state;
}

/** True while something is about to happen: look again soon. */
export function isBusy(stand: FeedStand): boolean {
  return stand === "waiting" || stand === "fetching" || stand === "applying" || stand === "leaving";
}
