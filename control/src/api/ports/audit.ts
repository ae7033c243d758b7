/** The audit trail as the procedures use it. */
import type { AuditFilter, AuditFormat, AuditRecord, NewAuditRecord } from "@sipprot/shared/audit";
import type { Page } from "@sipprot/shared/page";

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
  /** A piece of the trail as a file, newest first; `next` is where the next one begins, absent at the end. */
  readonly export: (query: {
    readonly format: AuditFormat;
    readonly filter?: AuditFilter | undefined;
    readonly after?: string | undefined;
  }) => Promise<{ text: string; next?: string }>;
}
