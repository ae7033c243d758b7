/** The events of all hosts as the server offers them: the latest, live as they come, page by page, and as rules. */
import { setTimeout as pause } from "node:timers/promises";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { readEvents, readEventsAfter } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";
import type { EventBatch, EventsPort } from "../api/ports/events.ts";
import { exportEvents, pageEvents } from "./event-pages.ts";
import { offerRule } from "./event-rules.ts";
import type { MirrorKeeper } from "./store-mirror.ts";

/** How often the stream is looked at for those who follow: half a second is live to people. */
const LOOK_EVERY_MS = 500;
/** Batches told at a time; a follower that was away catches up in such portions. */
const MAX_BATCHES = 100;
/** A follower that was away longer than this many batches starts from there: it wants to see now, not the past. */
const MAX_CATCH_UP = 1000;

/** `ownNetworks` must never be denied; the address of whoever asks is added to them. */
export function createEventsService(
  redis: Redis,
  keeper: MirrorKeeper,
  ownNetworks: () => readonly GuardedNetwork[],
): EventsPort {
  return {
    page: (input) => pageEvents(redis, input),
    exportPiece: (input) => exportEvents(redis, input),
    offerRule: async (input, { address }) => {
      const guarded = [...ownNetworks(), { network: address, what: "the address you are signed in from" }];
      return offerRule(redis, await keeper.read(redis), input, address, guarded);
    },

    latest: async (maxBatches, beforeId) => (await readEvents(redis, maxBatches, beforeId)).map(copyBatch),

    async *live(afterId, signal) {
      let lastId = await findStart(redis, afterId);
      // Told at once: a follower that is cut off before its first event goes on from here.
      if (lastId !== afterId) yield { id: lastId, events: [] };
      while (!signal.aborted) {
        // Asked for anew each time on the connection all share: nothing is kept for a follower, however many there are.
        const batches = await readEventsAfter(redis, lastId, MAX_BATCHES);
        for (const batch of batches) {
          yield copyBatch(batch);
          lastId = batch.id;
        }
        if (batches.length < MAX_BATCHES) await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
      }
    },
  };
}

/** The id to go on from: the given one, unless it is too long ago; the newest when none is given. */
async function findStart(redis: Redis, afterId: string | undefined): Promise<string> {
  const newest = await readEvents(redis, afterId === undefined ? 1 : MAX_CATCH_UP);
  if (afterId === undefined) return newest[0]?.id ?? "0-0";
  const oldest = newest.at(-1)?.id;
  return newest.length === MAX_CATCH_UP && oldest !== undefined && isBefore(afterId, oldest) ? oldest : afterId;
}

function isBefore(one: string, other: string): boolean {
  const [ms = 0, number = 0] = one.split("-").map(Number);
  const [otherMs = 0, otherNumber = 0] = other.split("-").map(Number);
  return ms === otherMs ? number < otherNumber : ms < otherMs;
}

function copyBatch({ id, events }: { readonly id: string; readonly events: readonly EventBatch["events"][number][] }) {
  return { id, events: [...events] };
}
