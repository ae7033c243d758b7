/** The audit trail: written by the server for every mutation, read by administrators. */
import type { AuditFilter, AuditFormat, AuditRecord } from "@sipprot/shared/audit";
import type { Redis } from "ioredis";
import type { AuditPort } from "../api/ports/audit.ts";
import { readAuditPortion, readAuditRecords, writeAuditRecord } from "../store/audit-store.ts";
import { csvLine } from "./csv-cell.ts";

export function createAuditService(redis: Redis, nowMs: () => number): AuditPort {
  return {
    write: (record) => writeAuditRecord(redis, record),

    page: async ({ page, size, descending, filter }) => {
      const newestFirst: AuditRecord[] = [];
      for await (const portion of readAuditRecords(redis)) {
        for (const record of portion) if (isWanted(record, filter)) newestFirst.push(record);
      }
      const total = newestFirst.length;
      if (!descending) newestFirst.reverse();
      return { rows: newestFirst.slice(page * size, (page + 1) * size), total, asOfMs: nowMs() };
    },

    export: async ({ format, filter, after }) => {
      const { records, next } = await readAuditPortion(redis, after);
      const wanted = records.filter((record) => isWanted(record, filter));
      const heading = after === undefined && format === "csv" ? csvLine(columns) : "";
      const text = heading + wanted.map((record) => lineOf[format](record)).join("");
      return next === undefined ? { text } : { text, next };
    },
  };
}

const columns = ["TIME", "BY", "FROM", "ACTION", "OUTCOME", "INPUT", "BEFORE", "AFTER"];
const lineOf: Record<AuditFormat, (record: AuditRecord) => string> = {
  csv: ({ atMs, by, from, action, outcome, input = "", before = "", after = "" }) =>
    csvLine([new Date(atMs).toISOString(), by, from, action, outcome, input, before, after]),
  jsonl: (record) => `${JSON.stringify(record)}\n`,
};

function isWanted(record: AuditRecord, filter: AuditFilter = {}): boolean {
  const { by = "", action = "", search = "", outcome, sinceMs = 0, untilMs = Number.POSITIVE_INFINITY } = filter;
  const { from, input = "", before = "", after = "", atMs } = record;
  if (atMs < sinceMs || atMs >= untilMs || !record.by.includes(by) || !record.action.includes(action)) return false;
  if (outcome !== undefined && (record.outcome === "done") !== (outcome === "done")) return false;
  return search === "" || [from, input, before, after].some((text) => text.includes(search));
}
