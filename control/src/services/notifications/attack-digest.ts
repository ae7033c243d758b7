/** What happened since the last message, put together by source: bounded, however broad the attack. */
import type { SipEvent } from "@sipprot/shared/event";
import { readEventsAfter } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";

/** Sources put together by name; what more there are is counted as messages only. */
export const MAX_DIGEST_SOURCES = 5000;
/** Sources named in a message. */
export const MAX_NAMED_SOURCES = 20;
/** Batches read at a time. */
const BATCHES_AT_ONCE = 200;

export interface AttackSource {
  readonly source: string;
  readonly country: string;
  /** The gate that refused last. */
  readonly gate: string;
  readonly refused: number;
  readonly isBlocked: boolean;
  readonly isDeniedForGood: boolean;
}

export interface AttackDigest {
  readonly refused: number;
  readonly blocksBegun: number;
  readonly deniedForGood: number;
  /** Different sources seen, counted up to MAX_DIGEST_SOURCES. */
  readonly sources: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The busiest, at most MAX_NAMED_SOURCES. */
  readonly busiest: readonly AttackSource[];
}

type Growing = { -readonly [Name in keyof AttackSource]: AttackSource[Name] };

/**
 * Puts together what was told after a batch of the stream. Returns the id of the last batch read, to go on from, and
 * undefined where nothing was refused or blocked.
 */
export async function collectAttacks(
  redis: Redis,
  afterId: string,
): Promise<{ readonly lastId: string; readonly digest: AttackDigest | undefined }> {
  const sources = new Map<string, Growing>();
  const sums = { refused: 0, blocksBegun: 0, deniedForGood: 0, fromMs: Number.POSITIVE_INFINITY, toMs: 0 };
  let lastId = afterId;
  for (;;) {
    const batches = await readEventsAfter(redis, lastId, BATCHES_AT_ONCE);
    for (const event of batches.flatMap((batch) => batch.events)) {
      if (!isAttack(event)) continue;
      if (event.kind === "refused") sums.refused += event.count;
      else if (event.kind === "block-began") sums.blocksBegun += event.count;
      else sums.deniedForGood += event.count;
      sums.fromMs = Math.min(sums.fromMs, event.atMs);
      sums.toMs = Math.max(sums.toMs, event.atMs);
      addToSource(sources, event);
    }
    lastId = batches.at(-1)?.id ?? lastId;
    if (batches.length < BATCHES_AT_ONCE) break;
  }
  if (sums.toMs === 0) return { lastId, digest: undefined };
  const busiest = [...sources.values()].sort((one, other) => other.refused - one.refused).slice(0, MAX_NAMED_SOURCES);
  return { lastId, digest: { ...sums, sources: sources.size, busiest } };
}

function isAttack({ kind }: SipEvent): boolean {
  return kind === "refused" || kind === "block-began" || kind === "denied-for-good";
}

function addToSource(sources: Map<string, Growing>, event: SipEvent): void {
  let known = sources.get(event.source);
  if (known === undefined) {
    if (sources.size >= MAX_DIGEST_SOURCES) return;
    known = {
      source: event.source,
      country: event.country ?? "",
      gate: event.gate,
      refused: 0,
      isBlocked: false,
      isDeniedForGood: false,
    };
    sources.set(event.source, known);
  }
  known.gate = event.gate;
  if (event.kind === "refused") known.refused += event.count;
  if (event.kind === "block-began") known.isBlocked = true;
  if (event.kind === "denied-for-good") known.isDeniedForGood = true;
}
