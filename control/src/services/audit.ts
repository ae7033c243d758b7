/** The audit trail: written by the server for every mutation, read by administrators. */
import type { AuditFilter, AuditFormat, AuditRecord } from "@sipprot/shared/audit";
import type { Redis } from "ioredis";
import type { AuditPort } from "../api/ports/audit.ts";
import {
  countAuditRecords,
  readAuditPortion,
  readAuditRecords,
  readOldestAudit,
  writeAuditRecord,
} from "../store/audit-store.ts";
import { csvLine } from "./csv-cell.ts";

export function createAuditService(redis: Redis, nowMs: () => number): AuditPort {
  return {
    write: (record) => writeAuditRecord(redis, record),

    page: async ({ page, size, descending, filter }) => {
      const end = (page + 1) * size;
      const isOpen = Object.values(filter ?? {}).every((value) => value === undefined || value === "");
      const found: AuditRecord[] = [];
      for await (const portion of descending ? readAuditRecords(redis) : readOldestAudit(redis)) {
        for (const record of portion) if (isWanted(record, filter)) found.push(record);
        // Without a filter the store knows how many there are, and the rest need not be read.
        if (isOpen && found.length >= end) break;
      }
      const isWhole = found.length < end || !isOpen;
      const total = isWhole ? found.length : Math.max(found.length, await countAuditRecords(redis));
      return { rows: found.slice(page * size, end), total, asOfMs: nowMs() };
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
