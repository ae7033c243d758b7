/** Rows of the stream above those of the log, none of them twice. Pure. */
import type { SipEvent } from "@sipprot/shared/event";
import type { EventRow } from "@sipprot/shared/event-log";

/** The row of a live event is made once: what has not changed is not drawn anew. */
const rowsMade = new WeakMap<SipEvent, EventRow>();

function rowOf(number: number, event: SipEvent): EventRow {
  const row = rowsMade.get(event) ?? { key: `live ${number}`, event };
  rowsMade.set(event, row);
  return row;
}

/** What was asked for while the stream began can be in both. */
export function withLiveRows(
  live: readonly { readonly number: number; readonly item: SipEvent }[],
  log: readonly EventRow[],
): EventRow[] {
  const seen = new Set(log.map(({ event }) => identityOf(event)));
  const above = live.filter(({ item }) => !seen.has(identityOf(item))).map(({ number, item }) => rowOf(number, item));
  // Several hosts write by turns: what happened last comes first all the same.
  above.sort((one, other) => other.event.atMs - one.event.atMs);
  return [...above, ...log];
}

function identityOf({ host, kind, atMs, source, gate, account = "", method, count }: SipEvent): string {
  return [host, kind, atMs, source, gate, account, method, count].join(" ");
}
