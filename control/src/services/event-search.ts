/** Looks through the log of events into the past: what a filter lets through, the newest first, without keeping others waiting. */
import { setImmediate as turn } from "node:timers/promises";
import { sourceOf } from "@sipprot/shared/address";
import type { SipEvent } from "@sipprot/shared/event";
import { type EventConditions, type EventFilter, testEvents } from "@sipprot/shared/event-filter";
import { parseEvents, readEventTexts, timeOfBatch } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";

/** Batches read at a time; a batch has up to 500 events. */
const PORTION = 50;
/** An event is written this much after it happened at most, unless the store was away: looked for in batches so much later. */
const WRITTEN_WITHIN_MS = 600_000;
/** An event is written a little before it happened when the clocks of two hosts differ. */
const CLOCKS_DIFFER_MS = 60_000;

export interface EventStretch {
  readonly filter: EventFilter;
  readonly fromMs: number;
  /** Undefined is up to now. */
  readonly toMs: number | undefined;
}

/** The events of one batch that were let through, the newest first, with their places in it. */
export interface BatchFound {
  readonly id: string;
  readonly found: readonly { readonly index: number; readonly event: SipEvent }[];
}

/** Each batch of the stretch, also those without a find: whoever asks decides when it was enough. `place` was had already. */
export async function* searchBatches(
  redis: Redis,
  { filter, fromMs, toMs = Number.POSITIVE_INFINITY }: EventStretch,
  place?: string,
): AsyncGenerator<BatchFound> {
  const test = testEvents(filter);
  const mayHold = testTexts(filter.only ?? {});
  const [placeId, placeIndex] = place?.split(":") ?? [];
  // A batch of which only a part was had is read again.
  let from = placeId === undefined ? firstId(toMs) : placeIndex === undefined ? `(${placeId}` : placeId;
  for (;;) {
    const batches = await readEventTexts(redis, PORTION, from);
    for (const { id, text } of batches) {
      if (timeOfBatch(id) < fromMs - CLOCKS_DIFFER_MS) return;
      const events = mayHold(text) ? parseEvents(text) : [];
      const end = id === placeId && placeIndex !== undefined ? Number(placeIndex) : events.length;
      const found = events
        .map((event, index) => ({ index, event }))
        .slice(0, end)
        .filter(({ event }) => event.atMs >= fromMs && event.atMs < toMs && test(event))
        .reverse();
      yield { id, found };
    }
    const last = batches.at(-1);
    if (last === undefined || batches.length < PORTION) return;
    from = `(${last.id}`;
    await turn();
  }
}

function firstId(toMs: number): string {
  const atMs = toMs + WRITTEN_WITHIN_MS;
  return atMs >= Date.now() ? "+" : String(Math.floor(atMs));
}

/** Whether the text of a batch can hold what is wanted: most batches are told by that, without being read. */
function testTexts({ networks, accounts, gates, kinds, hosts }: EventConditions): (text: string) => boolean {
  const wanted = [
    networks?.some((network) => network.includes("/")) === true ? undefined : networks?.flatMap(sourceTexts),
    accounts?.map((account) => JSON.stringify(account)),
    gates?.map((gate) => JSON.stringify(gate)),
    kinds?.map((kind) => JSON.stringify(kind)),
    hosts?.map((host) => JSON.stringify(host)),
  ].filter((texts) => texts !== undefined && texts.length > 0);
  return (text) => wanted.every((texts) => texts?.some((one) => text.includes(one)));
}

function sourceTexts(address: string): string[] {
  return [JSON.stringify(address), JSON.stringify(sourceOf(address))];
}
