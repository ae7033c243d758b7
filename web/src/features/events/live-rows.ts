/** Rows of the stream above those of the log, none of them twice. Pure. */
import type { SipEvent } from "@sipprot/shared/event";
import type { EventRow } from "@sipprot/shared/event-log";

/** What was asked for while the stream began can be in both. */
export function withLiveRows(
  live: readonly { readonly number: number; readonly item: SipEvent }[],
  log: readonly EventRow[],
): EventRow[] {
  const seen = new Set(log.map(({ event }) => identityOf(event)));
  const above = live
    .filter(({ item }) => !seen.has(identityOf(item)))
    .map(({ number, item }) => ({ key: `live ${number}`, event: item }));
  // Several hosts write by turns: what happened last comes first all the same.
  above.sort((one, other) => other.event.atMs - one.event.atMs);
  return [...above, ...log];
}

function identityOf({ host, kind, atMs, source, gate, account = "", method, count }: SipEvent): string {
  return [host, kind, atMs, source, gate, account, method, count].join(" ");
}
