/** What happened to an address, in one line of time: decisions and what people did, alike ones in a row told once. Pure. */
import type { Explanation, SourceChange } from "@sipprot/shared/block-page";
import type { SipEvent } from "@sipprot/shared/event";

export type TimelineItem =
  | {
      readonly kind: "event";
      readonly key: string;
      readonly atMs: number;
      /** When the first of them was, where they are several. */
      readonly sinceMs: number;
      readonly count: number;
      /** The newest. */
      readonly event: SipEvent;
    }
  | { readonly kind: "change"; readonly key: string; readonly atMs: number; readonly change: SourceChange };

/** The newest first. */
export function tellTimeline({ events, changes }: Pick<Explanation, "events" | "changes">): TimelineItem[] {
  const items: TimelineItem[] = [];
  const all = [
    ...events.map((event) => ({ atMs: event.atMs, event })),
    ...changes.map((change) => ({ atMs: change.atMs, change })),
  ].sort((one, other) => other.atMs - one.atMs);
  for (const [index, one] of all.entries()) {
    const { atMs } = one;
    if ("change" in one) {
      items.push({ kind: "change", key: `change ${atMs} ${index}`, atMs, change: one.change });
      continue;
    }
    const { event } = one;
    const before = items.at(-1);
    if (before?.kind === "event" && areAlike(before.event, event)) {
      items[items.length - 1] = { ...before, sinceMs: atMs, count: before.count + event.count };
    } else {
      items.push({ kind: "event", key: `event ${atMs} ${index}`, atMs, sinceMs: atMs, count: event.count, event });
    }
  }
  return items;
}

/** The same gate said the same to the same: its numbers may have grown. */
function areAlike(one: SipEvent, other: SipEvent): boolean {
  return (
    one.kind === other.kind &&
    one.gate === other.gate &&
    one.source === other.source &&
    one.account === other.account &&
    one.method === other.method &&
    one.agent === other.agent &&
    one.endpoint === other.endpoint
  );
}
