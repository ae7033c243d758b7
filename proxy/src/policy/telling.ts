/** Tells what happened, in counts: hot under attack, so alike messages of a source only raise a number. */
import type { EventKind } from "@sipprot/shared/event";
import type { Gate, Reason } from "@sipprot/shared/reason";
import type { Arrival } from "./arrival.ts";
import { EVENT_MS, type EventCount, toEvent } from "./event-counts.ts";
import type { LiveBlock } from "./live-block.ts";
import type { Source } from "./source.ts";
import type { PolicyState } from "./state.ts";

/** Counts one message into the event of its source, gate and kind. `account` is given where the event is about one account. */
export function tell(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  kind: EventKind,
  reason: Reason,
  isProven: boolean,
  account?: string,
  agent: string = arrival.message.agent,
): void {
  const last = source.lastEvent;
  if (last !== undefined && last.kind === kind && last.gate === reason.gate && last.account === account) {
    if (arrival.atMs - last.atMs < EVENT_MS) {
      last.count += 1;
      return;
    }
  }
  const counting = state.events.find(source.key, reason.gate, kind, account, arrival.atMs);
  if (counting !== undefined) {
    counting.count += 1;
    source.lastEvent = counting;
    return;
  }
  const { message } = arrival;
  const count: EventCount = {
    kind,
    atMs: arrival.atMs,
    count: 1,
    host: state.host,
    endpoint: arrival.endpoint,
    transport: arrival.transport,
    source: source.key,
    country: source.country,
    gate: reason.gate,
    reason,
    proven: isProven,
    method: (message.isRequest ? message.method : message.cseqMethod).slice(0, 32),
    agent,
    account,
  };
  begin(state, source, count);
}

/** Tells what became of a block, once each time. */
export function tellBlock(state: PolicyState, live: LiveBlock, kind: EventKind, gate: Gate, atMs: number): void {
  state.addEffect({
    kind: "event",
    event: toEvent({
      kind,
      atMs,
      count: 1,
      host: state.host,
      endpoint: live.endpoint,
      transport: live.transport,
      source: live.source,
      country: live.country,
      gate,
      reason: live.reason,
      proven: live.proven,
      method: "",
      agent: live.agent,
      account: live.account,
    }),
  });
}

function begin(state: PolicyState, source: Source, count: EventCount): void {
  const before = state.events.begin(count);
  if (before === false) return;
  source.lastEvent = count;
  if (before !== undefined) state.addEffect({ kind: "event", event: toEvent(before) });
}
