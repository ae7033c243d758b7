/** Sessions in Redis, each under the hash of its secret: who reads the store cannot use one. */
import { MAX_SESSIONS, redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { z } from "zod";

/** A session that nobody used for this long is over: a lunch, not a night. */
export const SESSION_IDLE_MS = 2 * 3_600_000;
/** A session is over after this, however busy: a working day. */
export const SESSION_MAX_MS = 12 * 3_600_000;
/** When a session was last used is written at most this often. */
const TOUCH_EVERY_MS = 60_000;

const storedSessionSchema = z.strictObject({
  user: z.string(),
  address: z.string(),
  agent: z.string(),
  createdAtMs: z.number(),
  endsAtMs: z.number(),
  /** When the account's password was set as this session began; with another password the session is over. */
  passwordSetAtMs: z.number(),
});
export type StoredSession = z.infer<typeof storedSessionSchema>;

/** A session with the id it is stored under and when it was last used. */
export interface SessionRecord extends StoredSession {
  readonly id: string;
  readonly seenAtMs: number;
}

/** Writes a new session; the ones that are over go, and when there are too many the one unused for longest. */
export async function putSession(redis: Redis, id: string, session: StoredSession): Promise<void> {
  const idle = await redis.zrangebyscore(redisKeys.sessionsSeen, "-inf", session.createdAtMs - SESSION_IDLE_MS);
  const surplus = await redis.zrange(redisKeys.sessionsSeen, 0, String(-MAX_SESSIONS));
  await removeSessions(redis, [...idle, ...surplus]);
  await redis
    .multi()
    .hset(redisKeys.sessions, id, JSON.stringify(session))
    .zadd(redisKeys.sessionsSeen, session.createdAtMs, id)
    .exec();
}

/** The session of that id when it is not over; that it is used is noted. */
export async function useSession(redis: Redis, id: string, nowMs: number): Promise<SessionRecord | undefined> {
  const session = readStoredJson(storedSessionSchema, await redis.hget(redisKeys.sessions, id));
  if (session === undefined) return undefined;
  const seenAtMs = Number(await redis.zscore(redisKeys.sessionsSeen, id));
  if (isOver(session, seenAtMs, nowMs)) {
    await removeSessions(redis, [id]);
    return undefined;
  }
  // XX: a session that was revoked this moment is not brought back.
  if (nowMs - seenAtMs >= TOUCH_EVERY_MS) await redis.zadd(redisKeys.sessionsSeen, "XX", nowMs, id);
  return { ...session, id, seenAtMs };
}

/** The sessions that are not over, newest first. */
export async function readSessions(redis: Redis, nowMs: number): Promise<SessionRecord[]> {
  const found: SessionRecord[] = [];
  for (const [id, text] of Object.entries(await redis.hgetall(redisKeys.sessions))) {
    const session = readStoredJson(storedSessionSchema, text);
    const seenAtMs = Number(await redis.zscore(redisKeys.sessionsSeen, id));
    if (session !== undefined && !isOver(session, seenAtMs, nowMs)) found.push({ ...session, id, seenAtMs });
  }
  return found.sort((one, other) => other.createdAtMs - one.createdAtMs);
}

/** Ends sessions by their ids. Returns how many there were. */
export async function removeSessions(redis: Redis, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const removed = await redis.hdel(redisKeys.sessions, ...ids);
  await redis.zrem(redisKeys.sessionsSeen, ...ids);
  return removed;
}

/** Ends all sessions of an account. */
export async function removeSessionsOf(redis: Redis, user: string): Promise<void> {
  const ids = Object.entries(await redis.hgetall(redisKeys.sessions))
    .filter(([, text]) => readStoredJson(storedSessionSchema, text)?.user === user)
    .map(([id]) => id);
  await removeSessions(redis, ids);
}

function isOver(session: StoredSession, seenAtMs: number, nowMs: number): boolean {
  return nowMs >= session.endsAtMs || nowMs - seenAtMs >= SESSION_IDLE_MS;
}
