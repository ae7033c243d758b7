/** API tokens in Redis, each under the hash of its secret. */
import { tokenSchema } from "@sipprot/shared/account";
import { MAX_TOKENS, redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import type { z } from "zod";

const storedTokenSchema = tokenSchema.omit({ lastUsedAtMs: true });
export type StoredToken = z.infer<typeof storedTokenSchema>;

/** Writes a token. False when there are too many already. */
export async function putToken(redis: Redis, hash: string, token: StoredToken): Promise<boolean> {
  await redis.hset(redisKeys.tokens, hash, JSON.stringify(token));
  if ((await redis.hlen(redisKeys.tokens)) <= MAX_TOKENS) return true;
  await redis.hdel(redisKeys.tokens, hash);
  return false;
}

/** The token of that hash when it has not expired; that it is used is noted. */
export async function useToken(redis: Redis, hash: string, nowMs: number): Promise<StoredToken | undefined> {
  const token = readStoredJson(storedTokenSchema, await redis.hget(redisKeys.tokens, hash));
  if (token === undefined || (token.expiresAtMs !== undefined && token.expiresAtMs <= nowMs)) return undefined;
  await redis.zadd(redisKeys.tokensUsed, nowMs, token.id);
  return token;
}

/** All tokens with the hashes they are stored under, and when each was last used. */
export async function readTokens(
  redis: Redis,
): Promise<Array<{ hash: string; token: StoredToken; lastUsedAtMs: number | undefined }>> {
  const found = [];
  for (const [hash, text] of Object.entries(await redis.hgetall(redisKeys.tokens))) {
    const token = readStoredJson(storedTokenSchema, text);
    if (token === undefined) continue;
    const used = await redis.zscore(redisKeys.tokensUsed, token.id);
    found.push({ hash, token, lastUsedAtMs: used === null ? undefined : Number(used) });
  }
  return found.sort((one, other) => one.token.name.localeCompare(other.token.name));
}

/** Takes a token away for good. */
export async function removeToken(redis: Redis, hash: string, id: string): Promise<void> {
  await redis.multi().hdel(redisKeys.tokens, hash).zrem(redisKeys.tokensUsed, id).exec();
}
