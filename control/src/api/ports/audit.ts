/** The audit trail as the procedures use it. */
import type { AuditRecord, NewAuditRecord } from "@sipprot/shared/audit";
import type { Page } from "@sipprot/shared/page";

/** Which records are wanted: `by` and `action` are parts of the text. */
export interface AuditFilter {
  readonly by?: string | undefined;
  readonly action?: string | undefined;
  /** Earlier ones are left out. */
  readonly sinceMs?: number | undefined;
}

/** What the trail is searched by. */
export interface AuditQuery {
  readonly page: number;
  readonly size: number;
  readonly descending: boolean;
  readonly filter?: AuditFilter | undefined;
}

export interface AuditPort {
  readonly write: (record: NewAuditRecord) => Promise<void>;
  readonly page: (query: AuditQuery) => Promise<Page<AuditRecord>>;
}
