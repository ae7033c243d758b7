/** The newest events of a stream and of what was there before it, without one twice, narrowed. Pure. */
import type { SipEvent } from "@sipprot/shared/event";
import type { StatsFilter } from "@sipprot/shared/window-stats";

export interface RecentEvent {
  readonly key: string;
  readonly event: SipEvent;
}

/** `live` the newest first; `batches` too, with the events of a batch in the order they happened. */
export function listRecent(
  live: readonly { readonly number: number; readonly item: SipEvent }[],
  batches: readonly { readonly id: string; readonly events: readonly SipEvent[] }[],
  filter: StatsFilter,
  most: number,
): RecentEvent[] {
  const recent: RecentEvent[] = [];
  const seen = new Set<string>();
  const take = (key: string, event: SipEvent) => {
    if (recent.length >= most || !matches(event, filter)) return;
    // What was asked for while the stream began can be in both.
    const identity = [event.host, event.kind, event.atMs, event.source, event.gate, event.account ?? ""].join(" ");
    if (seen.has(identity)) return;
    seen.add(identity);
    recent.push({ key, event });
  };
  for (const { number, item } of live) take(`live ${number}`, item);
  for (const { id, events } of batches) {
    for (const [index, event] of [...events.entries()].reverse()) take(`${id} ${index}`, event);
  }
  // Several hosts and workers write by turns: what happened last comes first all the same.
  return recent.sort((one, other) => other.event.atMs - one.event.atMs);
}

function matches(event: SipEvent, { country, gate, endpoint }: StatsFilter): boolean {
  return (
    (country === undefined || (event.country ?? "") === country) &&
    (gate === undefined || event.gate === gate) &&
    (endpoint === undefined || event.endpoint === endpoint)
  );
}
