/** How the parts around the store are, in one sentence each. */
import { REDIS_LAYOUT } from "@sipprot/shared/redis-keys";
import type { HealthBoard } from "./health-board.ts";
import type { SnapshotKeeper } from "./snapshot-keeper.ts";
import type { StoreLink } from "./store-link.ts";

/** What the snapshot gave at boot. */
export interface SnapshotStart {
  readonly writtenAtMs: number | undefined;
  readonly troubles: readonly string[];
}

/** How the link to the store is: without it the gate goes on with what it knows. */
export function judgeStore(board: HealthBoard, store: StoreLink, start: SnapshotStart): void {
  const { state, journal, events } = store;
  if (!state.isInStep) {
    const known = state.reloads > 0 || state.lagMs > 0 ? "what was known stays in force" : describeStart(start);
    const since = new Date(state.sinceMs).toISOString();
    const waiting = `${journal.size} blocks and ${events.queued} events wait`;
    board.set("redis", "degraded", `Redis is not in step since ${since} (${state.trouble}); ${known}; ${waiting}`);
  } else if (store.writeTrouble !== "") {
    const waiting = `${journal.size} blocks and ${events.queued} events wait`;
    board.set("redis", "degraded", `Redis does not take what is written (${store.writeTrouble}); ${waiting}`);
  } else if (state.layout > REDIS_LAYOUT) {
    const versions = `layout ${state.layout}, this version knows ${REDIS_LAYOUT}`;
    board.set("redis", "degraded", `a newer version prepared Redis (${versions}); upgrade this host`);
  } else if (state.leftOut.length > 0) {
    const names = state.leftOut.slice(0, 10).join(", ");
    board.set("redis", "degraded", `settings this version does not know or accept are kept out: ${names}`);
  } else if (state.skipped > 0) {
    board.set("redis", "degraded", `${state.skipped} changes could not be read and were skipped`);
  } else if (journal.lost > 0 || journal.trouble !== "") {
    const lost = journal.lost > 0 ? `${journal.lost} blocks were given up` : `the journal: ${journal.trouble}`;
    board.set("redis", "degraded", `in step, but ${lost}`);
  } else board.set("redis", "ok", "in step");
}

/** How the snapshot is. */
export function judgeSnapshot(board: HealthBoard, keeper: SnapshotKeeper, start: SnapshotStart): void {
  const set = (state: "ok" | "degraded", detail: string) => board.set("snapshot", state, detail);
  if (keeper.trouble !== "") set("degraded", `the snapshot cannot be written: ${keeper.trouble}`);
  else if (start.troubles.length > 0 && keeper.writtenAtMs === 0) set("degraded", start.troubles.join("; "));
  else if (keeper.writtenAtMs > 0) set("ok", `written at ${new Date(keeper.writtenAtMs).toISOString()}`);
  else set("ok", describeStart(start));
}

function describeStart({ writtenAtMs }: SnapshotStart): string {
  if (writtenAtMs === undefined) return "there is no snapshot: the default settings and empty lists are in force";
  return `the snapshot of ${new Date(writtenAtMs).toISOString()} is in force`;
}
