/** The audit trail in Redis: a stream that is only added to, and capped. */
import { type AuditRecord, auditRecordSchema, type NewAuditRecord } from "@sipprot/shared/audit";
import { MAX_AUDIT_RECORDS, redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";

/** Records read at a time. */
const PORTION = 1000;

/** Adds a record; the oldest go when there are more than MAX_AUDIT_RECORDS. */
export async function writeAuditRecord(redis: Redis, record: NewAuditRecord): Promise<void> {
  await redis.xadd(redisKeys.audit, "MAXLEN", "~", MAX_AUDIT_RECORDS, "*", "record", JSON.stringify(record));
}

/** All records, newest first, in portions. What this version cannot read is left out. */
export async function* readAuditRecords(redis: Redis): AsyncGenerator<AuditRecord[]> {
  let after: string | undefined;
  do {
    const { records, next } = await readAuditPortion(redis, after);
    yield records;
    after = next;
  } while (after !== undefined);
}

/** The records before that id, newest first, or the newest of all; `next` is the id to go on from. */
export async function readAuditPortion(
  redis: Redis,
  after: string | undefined,
): Promise<{ readonly records: AuditRecord[]; readonly next: string | undefined }> {
  const from = after === undefined ? "+" : `(${after}`;
  const portion = await redis.xrevrange(redisKeys.audit, from, "-", "COUNT", PORTION);
  const records = portion.map(([id, fields]) => parseRecord(id, fields[1])).filter((record) => record !== undefined);
  return { records, next: portion.length < PORTION ? undefined : portion.at(-1)?.[0] };
}

function parseRecord(id: string, text: string | undefined): AuditRecord | undefined {
  try {
    return auditRecordSchema.safeParse({ ...JSON.parse(text ?? ""), id }).data;
  } catch {
    return undefined;
  }
}
