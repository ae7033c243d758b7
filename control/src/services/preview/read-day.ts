/** Reads the events of the last day back from now, as far as time, memory and the store allow. */
import { gates } from "@sipprot/shared/gate";
import type { Gate } from "@sipprot/shared/reason";
import { MAX_EVENT_BATCHES, redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import { MAX_SOURCES, type SeenEvent, SourceDay } from "./source-day.ts";

const DAY_MS = 86_400_000;
/** Whoever waits for a preview waits no longer; what was seen until then is shown. */
const WITHIN_MS = 5000;
/** Events worked on before others have their turn: some milliseconds. */
const PORTION_EVENTS = 2000;
const MAX_PORTION_BATCHES = 1000;

export interface Day {
  readonly sources: ReadonlyMap<string, SourceDay>;
  /** The oldest that was looked at. */
  readonly fromMs: number;
  readonly events: number;
  /** False when older events of the day were there, or had been and made room. */
  readonly isWhole: boolean;
}

export async function readDay(redis: Redis, nowMs: number, withinMs = WITHIN_MS): Promise<Day> {
  const sources = new Map<string, SourceDay>();
  const dayBeganMs = nowMs - DAY_MS;
  const endAtMs = performance.now() + withinMs;
  let [events, oldestMs, isWhole] = [0, nowMs, true];
  let [to, batches] = ["+", 4];
  for (;;) {
    const portion = await redis.xrevrange(redisKeys.events, to, dayBeganMs, "COUNT", batches);
    const eventsBefore = events;
    for (const [id, fields] of portion) {
      oldestMs = Number(id.split("-", 1)[0]);
      for (const event of readBatch(fields[1] ?? "[]")) {
        if (event.atMs < dayBeganMs) continue;
        events += 1;
        const known = sources.get(event.source);
        if (known === undefined && sources.size >= MAX_SOURCES) isWhole = false;
        else {
          const day = known ?? new SourceDay(event.source);
          if (known === undefined) sources.set(event.source, day);
          day.add(event);
        }
      }
    }
    const last = portion.at(-1);
    if (last === undefined || portion.length < batches) {
      const isTrimmed = await wasTrimmed(redis, dayBeganMs);
      return { sources, events, isWhole: isWhole && !isTrimmed, fromMs: isTrimmed ? oldestMs : dayBeganMs };
    }
    if (performance.now() > endAtMs) return { sources, events, isWhole: false, fromMs: oldestMs };
    to = `(${last[0]}`;
    const perBatch = Math.max(1, (events - eventsBefore) / portion.length);
    batches = Math.max(1, Math.min(MAX_PORTION_BATCHES, Math.floor(PORTION_EVENTS / perBatch)));
  }
}

/** True when the stream is full and its oldest batch is of this day: then there were more. */
async function wasTrimmed(redis: Redis, dayBeganMs: number): Promise<boolean> {
  if ((await redis.xlen(redisKeys.events)) < MAX_EVENT_BATCHES) return false;
  const oldest = await redis.xrange(redisKeys.events, "-", "+", "COUNT", 1);
  return Number(oldest[0]?.[0].split("-", 1)[0] ?? 0) > dayBeganMs;
}

/** What is no event of ours is left out. No schema: that would take longer than the time there is. */
export function* readBatch(text: string): Generator<SeenEvent> {
  let batch: unknown;
  try {
    batch = JSON.parse(text);
  } catch {
    return;
  }
  if (!Array.isArray(batch)) return;
  for (const raw of batch as Array<Record<string, unknown> | null>) {
    if (typeof raw !== "object" || raw === null) continue;
    const { kind, atMs, count, source, country, gate, agent, reason } = raw;
    if (typeof kind !== "string" || typeof source !== "string" || !isGate(gate)) continue;
    if (typeof atMs !== "number" || typeof count !== "number") continue;
    const why =
      typeof reason === "object" && reason !== null
        ? (reason as { readonly kind?: unknown; readonly pattern?: unknown })
        : {};
    yield {
      kind,
      atMs,
      count,
      source,
      country: typeof country === "string" ? country : "",
      gate,
      agent: typeof agent === "string" ? agent : "",
      pattern: typeof why.pattern === "string" ? why.pattern : "",
      isGuess: kind === "sign-in-failed" || (gate === "guessing" && (why.kind === "credit" || why.kind === "account")),
    };
  }
}

const known: ReadonlySet<unknown> = new Set(gates);
function isGate(gate: unknown): gate is Gate {
  return known.has(gate);
}
