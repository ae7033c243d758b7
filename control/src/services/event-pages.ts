/** The log of events page by page into the past, and as a file of CSV or JSON in pieces. */
import { formatCsvRecord } from "@sipprot/shared/csv";
import type { SipEvent } from "@sipprot/shared/event";
import { accountOf } from "@sipprot/shared/event-filter";
import {
  type EventExport,
  type EventExportInput,
  type EventPage,
  type EventPageInput,
  type EventRow,
  EXPORT_ROWS,
} from "@sipprot/shared/event-log";
import { explainReason } from "@sipprot/shared/reason";
import { readLogReach, timeOfBatch } from "@sipprot/shared/store/event-store";
import type { Redis } from "ioredis";
import { type EventStretch, searchBatches } from "./event-search.ts";

/** Longest search for one page; whoever wants more goes on from where it ended. */
const SEARCH_WITHIN_MS = 400;

interface Found {
  readonly rows: EventRow[];
  readonly next: string | undefined;
  readonly searchedToMs: number;
}

/** One page of the log; it may be short when little is found in the time. */
export async function pageEvents(redis: Redis, input: EventPageInput): Promise<EventPage> {
  const [reach, { rows, next, searchedToMs }] = await Promise.all([
    readLogReach(redis),
    find(redis, { ...input, toMs: input.toMs }, input.place, input.limit),
  ]);
  // Several hosts write by turns: within a page what happened last comes first.
  rows.sort((one, other) => other.event.atMs - one.event.atMs);
  return { ...reach, rows, ...(next === undefined ? {} : { next }), searchedToMs };
}

async function find(redis: Redis, stretch: EventStretch, place: string | undefined, limit: number): Promise<Found> {
  const endMs = performance.now() + SEARCH_WITHIN_MS;
  const rows: EventRow[] = [];
  let next: string | undefined;
  for await (const { id, found } of searchBatches(redis, stretch, place)) {
    for (const { index, event } of found) {
      rows.push({ key: `${id}:${index}`, event });
      next = `${id}:${index}`;
      if (rows.length === limit) return { rows, next, searchedToMs: timeOfBatch(id) };
    }
    next = id;
    if (performance.now() > endMs) return { rows, next, searchedToMs: timeOfBatch(id) };
  }
  return { rows, next: undefined, searchedToMs: stretch.fromMs };
}

const columns = [
  "TIME",
  "VERDICT",
  "COUNT",
  "IP_ADDRESS",
  "COUNTRY",
  "GATE",
  "REASON",
  "METHOD",
  "ACCOUNT",
  "USER_AGENT",
  "ENDPOINT",
  "TRANSPORT",
  "HOST",
  "PROVEN",
];

/** The next piece of a file. */
export async function exportEvents(redis: Redis, input: EventExportInput): Promise<EventExport> {
  const before = input.next?.rows ?? 0;
  const { rows, next } = await find(redis, { ...input, toMs: input.toMs }, input.next?.place, EXPORT_ROWS);
  const events = rows.map(({ event }) => event);
  const format = input.format === "csv" ? formatCsv : formatJson;
  const text = format(events, {
    isFirst: input.next === undefined,
    isAfterRows: before > 0,
    isLast: next === undefined,
  });
  const total = before + rows.length;
  return { text, rows: total, ...(next === undefined ? {} : { next: { place: next, rows: total } }) };
}

interface Piece {
  readonly isFirst: boolean;
  readonly isAfterRows: boolean;
  readonly isLast: boolean;
}

/** What a spreadsheet would take for a formula is disarmed, as in every CSV of ours. */
function formatCsv(events: readonly SipEvent[], { isFirst }: Piece): string {
  const lines = events.map((event) =>
    formatCsvRecord([
      new Date(event.atMs).toISOString(),
      event.kind,
      String(event.count),
      event.source,
      event.country ?? "",
      event.gate,
      withoutControls(explainReason(event.reason)),
      withoutControls(event.method),
      withoutControls(accountOf(event) ?? ""),
      withoutControls(event.agent),
      event.endpoint,
      event.transport,
      event.host,
      event.proven ? "yes" : "no",
    ]),
  );
  return (isFirst ? formatCsvRecord(columns) : "") + lines.join("");
}

/** A spreadsheet shows no control and direction characters, and some break on them: they are written out. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

/** One array over all pieces. */
function formatJson(events: readonly SipEvent[], { isFirst, isAfterRows, isLast }: Piece): string {
  const rows = events.map((event, index) => `${isAfterRows || index > 0 ? ",\n" : "\n"}${JSON.stringify(event)}`);
  return `${isFirst ? "[" : ""}${rows.join("")}${isLast ? "\n]\n" : ""}`;
}
