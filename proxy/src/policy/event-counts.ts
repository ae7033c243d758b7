/** Events told in counts: one object for all messages of a source that met the same gate within a second. */
import type { Transport } from "@sipprot/shared/block";
import type { EventKind, SipEvent } from "@sipprot/shared/event";
import type { Gate, Reason } from "@sipprot/shared/reason";

/** How long alike messages are counted into one event. */
export const EVENT_MS = 1_000;
/** Events counted at once; beyond, messages are only counted as untold. */
export const MAX_EVENT_COUNTS = 10_000;

/** An event that still counts. */
export interface EventCount {
  readonly kind: EventKind;
  readonly atMs: number;
  count: number;
  readonly host: string;
  readonly endpoint: string;
  readonly transport: Transport;
  readonly source: string;
  readonly country: string | undefined;
  readonly gate: Gate;
  readonly reason: Reason;
  readonly proven: boolean;
  readonly method: string;
  readonly agent: string;
  readonly account: string | undefined;
}

export class EventCounts {
  #counts = new Map<string, EventCount>();
  #oldestMs = Number.POSITIVE_INFINITY;
  /** Messages that no event tells of, because too many sources sent at once. */
  untold = 0;

  get size(): number {
    return this.#counts.size;
  }

  /** The event that counts messages like this one now, or undefined. */
  find(source: string, gate: Gate, kind: EventKind, account: string | undefined, atMs: number): EventCount | undefined {
    const count = this.#counts.get(keyOf(source, gate, kind, account));
    return count !== undefined && atMs - count.atMs < EVENT_MS ? count : undefined;
  }

  /** Begins to count. Returns what was counted under the same key before, for it to be told now; false when there is no room. */
  begin(count: EventCount): EventCount | undefined | false {
    const key = keyOf(count.source, count.gate, count.kind, count.account);
    const before = this.#counts.get(key);
    if (before === undefined && this.#counts.size >= MAX_EVENT_COUNTS) {
      this.untold += 1;
      return false;
    }
    this.#counts.delete(key);
    this.#counts.set(key, count);
    if (count.atMs < this.#oldestMs) this.#oldestMs = count.atMs;
    return before;
  }

  /** The events whose second is over at `nowMs`; they are forgotten here. */
  takeDue(nowMs: number): EventCount[] {
    if (nowMs - this.#oldestMs < EVENT_MS) return [];
    const due: EventCount[] = [];
    // The map is in the order of beginning, so the first one that is not due ends the search.
    this.#oldestMs = Number.POSITIVE_INFINITY;
    for (const [key, count] of this.#counts) {
      if (nowMs - count.atMs < EVENT_MS) {
        this.#oldestMs = count.atMs;
        break;
      }
      this.#counts.delete(key);
      due.push(count);
    }
    return due;
  }
}

/** The event as it is told. Field by field: under flood thousands a second are made, and a spread costs ten times as much. */
export function toEvent(count: EventCount): SipEvent {
  const event: SipEvent = {
    kind: count.kind,
    atMs: count.atMs,
    count: count.count,
    host: count.host,
    endpoint: count.endpoint,
    transport: count.transport,
    source: count.source,
    gate: count.gate,
    reason: count.reason,
    proven: count.proven,
    method: count.method,
    agent: count.agent,
  };
  if (count.country !== undefined) event.country = count.country;
  if (count.account !== undefined) event.account = count.account;
  return event;
}

function keyOf(source: string, gate: Gate, kind: EventKind, account: string | undefined): string {
  return account === undefined ? `${source} ${gate} ${kind}` : `${source} ${gate} ${kind} ${account}`;
}
