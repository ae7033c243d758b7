/** `sipprot audit`: who changed what, when, from where, with what was there before and after. */
import type { AuditRecord } from "@sipprot/shared/audit";
import { createAuditService } from "../../services/audit.ts";
import type { Session } from "../session.ts";
import { formatTime, readDuration } from "../time.ts";

export interface AuditOptions {
  readonly by?: string;
  readonly action?: string;
  readonly since?: string;
  readonly limit: number;
  /** Also print what was given, and what was there before and after. */
  readonly full?: boolean;
}

/** The newest records come last, where a terminal stands. */
export async function showAudit(session: Session, options: AuditOptions): Promise<void> {
  const { by, action, limit } = options;
  const { rows, total } = await session.withStore(({ redis, author }) => {
    const sinceMs =
      options.since === undefined ? undefined : author.nowMs - 1000 * readDuration(options.since, "--since");
    return createAuditService(redis, () => author.nowMs).page({
      page: 0,
      size: limit,
      descending: true,
      filter: { by, action, sinceMs },
    });
  });
  const records = rows.reverse();
  session.answer({ total, records }, () => {
    if (records.length === 0) return "no change of that kind is in the audit trail";
    const left = total - records.length;
    const lines = left > 0 ? [`${left} earlier changes are not shown; more with: --limit ${total}`] : [];
    return [...lines, options.full ? records.flatMap(describe).join("\n") : draw(session, records)].join("\n");
  });
}

function draw(session: Session, records: readonly AuditRecord[]): string {
  return session.table(
    [
      { heading: "TIME", align: "left", wraps: true },
      { heading: "BY", align: "left", wraps: true },
      { heading: "FROM", align: "left", wraps: true },
      { heading: "ACTION", align: "left", wraps: true },
      { heading: "OUTCOME", align: "left", wraps: true },
    ],
    records.map((record) => [formatTime(record.atMs), record.by, record.from, record.action, record.outcome]),
  );
}

function describe({ atMs, by, from, action, outcome, input, before, after }: AuditRecord): string[] {
  const lines = [`${formatTime(atMs)}  ${by}${from === "" ? "" : ` from ${from}`}  ${action}: ${outcome}`];
  if (input !== undefined) lines.push(`    given:  ${input}`);
  if (before !== undefined) lines.push(`    before: ${before}`);
  if (after !== undefined) lines.push(`    after:  ${after}`);
  return lines;
}
