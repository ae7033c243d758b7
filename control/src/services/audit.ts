/** The audit trail: written by the server for every mutation, read by administrators. */
import type { AuditRecord } from "@sipprot/shared/audit";
import type { Redis } from "ioredis";
import type { AuditFilter, AuditPort } from "../api/ports/audit.ts";
import { readAuditRecords, writeAuditRecord } from "../store/audit-store.ts";

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
  };
}

function isWanted(record: AuditRecord, { by = "", action = "", sinceMs = 0 }: AuditFilter = {}): boolean {
  return record.by.includes(by) && record.action.includes(action) && record.atMs >= sinceMs;
}
