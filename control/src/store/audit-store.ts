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

/** How many there are, those this version cannot read included. */
export function countAuditRecords(redis: Redis): Promise<number> {
  return redis.xlen(redisKeys.audit);
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

/** All records, oldest first, in portions. What this version cannot read is left out. */
export async function* readOldestAudit(redis: Redis): AsyncGenerator<AuditRecord[]> {
  let from = "-";
  for (;;) {
    const portion = await redis.xrange(redisKeys.audit, from, "+", "COUNT", PORTION);
    yield portion.map(([id, fields]) => parseRecord(id, fields[1])).filter((record) => record !== undefined);
    const last = portion.at(-1)?.[0];
    if (last === undefined || portion.length < PORTION) return;
    from = `(${last}`;
  }
}

/**
 * Puts records of another time among those that are there: all by their ids, the newest MAX_AUDIT_RECORDS of them. What is
 * there already under an id stays. `staged` is a list of `[id, JSON]` as JSON, and gone afterwards.
 */
export async function mergeAudit(redis: Redis, staged: string): Promise<void> {
  await redis.eval(mergeScript, 2, redisKeys.audit, staged, MAX_AUDIT_RECORDS);
}

// A stream takes only growing ids, so it is written anew: fifty thousand records take some tenths of a second, once.
const mergeScript = `
local all, known = {}, {}
local function take(id, text)
  if known[id] then return end
  known[id] = true
  local ms, number = string.match(id, '^(%d+)-(%d+)$')
  all[#all + 1] = { tonumber(ms), tonumber(number), id, text }
end
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do take(entry[1], entry[2][2]) end
for _, line in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
  local pair = cjson.decode(line)
  take(pair[1], pair[2])
end
table.sort(all, function(one, other)
  if one[1] ~= other[1] then return one[1] < other[1] end
  return one[2] < other[2]
end)
redis.call('DEL', KEYS[1], KEYS[2])
for index = math.max(1, #all - tonumber(ARGV[1]) + 1), #all do
  redis.call('XADD', KEYS[1], all[index][3], 'record', all[index][4])
end`;

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
