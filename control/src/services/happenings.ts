/**
 * What happens on all hosts, as it happens: the decisions of the gates and the changes people make, from the two streams
 * of the store. Goes on by itself when the store was away, from where it was.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Change } from "@sipprot/shared/change";
import type { SipEvent } from "@sipprot/shared/event";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { readChange } from "@sipprot/shared/store/change-record";
import { readLastChangeId } from "@sipprot/shared/store/change-stream";
import { parseEvents, readLastEventId } from "@sipprot/shared/store/event-store";
import { openLastingConnection, type StoreLocation } from "@sipprot/shared/store/redis-connection";
import type { ChainableCommander, Redis } from "ioredis";

export type Happening =
  | { readonly kind: "event"; readonly id: string; readonly event: SipEvent }
  | { readonly kind: "change"; readonly id: string; readonly change: Change; readonly by: string }
  /** What whoever looks on should know of the looking itself. */
  | { readonly kind: "notice"; readonly text: string };

/** Where to go on from in each stream: after these ids. */
export interface Places {
  readonly events: string;
  readonly changes: string;
}

/** Entries of each stream taken at a time. */
const MAX_READ = 200;
/** One read waits this long for news, and then looks whether it should end. */
const READ_BLOCK_MS = 1000;
const RETRY_MS = 250;

/** The places where nothing is behind and all is to come. */
export async function placesNow(redis: Redis): Promise<Places> {
  return { events: await readLastEventId(redis), changes: await readLastChangeId(redis) };
}

/** The places of a time: what was written since follows. */
export function placesSince(atMs: number): Places {
  const id = `${Math.max(0, Math.floor(atMs))}-0`;
  return { events: id, changes: id };
}

/** Follows from the places on, in the order of time, until the signal. Never throws. */
export async function* followHappenings(
  location: StoreLocation,
  start: Places,
  signal: AbortSignal,
): AsyncGenerator<Happening> {
  const redis = openLastingConnection(location, () => undefined);
  const disconnect = () => redis.disconnect();
  signal.addEventListener("abort", disconnect, { once: true });
  const readers = [new StreamReader("events", start.events), new StreamReader("changes", start.changes)];
  let isAway = false;
  try {
    await waitUntilReady(redis, signal);
    while (!signal.aborted) {
      try {
        const happenings = await readAll(redis, readers);
        if (isAway) yield { kind: "notice", text: "the store is back; going on from where it was" };
        isAway = false;
        yield* happenings;
      } catch (error) {
        if (signal.aborted) return;
        if (!isAway) yield { kind: "notice", text: `the store is away, waiting for it: ${(error as Error).message}` };
        isAway = true;
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    signal.removeEventListener("abort", disconnect);
    redis.disconnect();
  }
}

/** A connection that is still being made refuses commands, which is no news yet. */
async function waitUntilReady(redis: Redis, signal: AbortSignal): Promise<void> {
  if (redis.status === "ready") return;
  await new Promise<void>((resolve) => {
    for (const news of ["ready", "error", "end"]) redis.once(news, () => resolve());
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function readAll(redis: Redis, readers: readonly StreamReader[]): Promise<Happening[]> {
  const keys = readers.map((reader) => reader.key);
  const ids = readers.map((reader) => reader.id);
  // This only waits for news: what is read must be seen at one moment with what has been dropped.
  await redis.xread("COUNT", 1, "BLOCK", READ_BLOCK_MS, "STREAMS", ...keys, ...ids);
  const moment = redis.multi();
  for (const reader of readers) reader.ask(moment);
  const replies = ((await moment.exec()) ?? []).map(([error, reply]) => {
    if (error !== null) throw error;
    return reply as Entry[];
  });
  const found = readers.flatMap((reader, index) => reader.take(replies[2 * index] ?? [], replies[2 * index + 1] ?? []));
  // Two streams of one server: their ids tell the time it wrote them.
  return found.sort((one, other) => ("id" in one && "id" in other ? timeOf(one.id) - timeOf(other.id) : 0));
}

function timeOf(id: string): number {
  return Number(id.split("-", 1)[0]);
}

/** An entry of a stream: its id, and names and values in turn. */
type Entry = readonly [string, readonly string[]];

/** One of the streams, and how far it was read. */
class StreamReader {
  readonly #name: keyof Places;
  id: string;
  /** True when `id` is that of an entry that was read, so that its absence means something. */
  #isRead = false;

  constructor(name: keyof Places, id: string) {
    this.#name = name;
    this.id = id;
  }

  get key(): string {
    return redisKeys[this.#name];
  }

  /** Asks for the last entry we had, and for what came after it. */
  ask(moment: ChainableCommander): void {
    moment.xrange(this.key, this.id, this.id).xrange(this.key, `(${this.id}`, "+", "COUNT", MAX_READ);
  }

  /** Makes happenings of what was answered; says so when the stream has dropped what came before it. */
  take(last: readonly Entry[], entries: readonly Entry[]): Happening[] {
    const happenings: Happening[] = [];
    // While the last entry we had is there, nothing between it and these can have been dropped.
    if (this.#isRead && last.length === 0) {
      this.#isRead = false;
      happenings.push({ kind: "notice", text: `some ${this.#name} were dropped before they could be shown` });
    }
    for (const [id, fields] of entries) {
      this.id = id;
      this.#isRead = true;
      const told = new Map<string, string>();
      for (let index = 0; index + 1 < fields.length; index += 2) told.set(fields[index] ?? "", fields[index + 1] ?? "");
      happenings.push(...(this.#name === "events" ? readBatch(id, told) : readOneChange(id, told)));
    }
    return happenings;
  }
}

function readBatch(id: string, fields: ReadonlyMap<string, string>): Happening[] {
  return parseEvents(fields.get("events") ?? "[]").map((event) => ({ kind: "event", id, event }));
}

function readOneChange(id: string, fields: ReadonlyMap<string, string>): Happening[] {
  const read = readChange(fields.get("change") ?? "");
  return read === undefined ? [] : [{ kind: "change", id, change: read.change, by: fields.get("by") ?? "" }];
}
