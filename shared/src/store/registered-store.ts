/** Sources that phones registered from, in Redis: each host writes its own, whoever previews a rule reads all. */
import type { Redis } from "ioredis";
import { REGISTERED_SECONDS, redisKeys } from "../redis-keys.ts";
import { type RegisteredSource, registeredSourceSchema } from "../registered-source.ts";
import { scanHash } from "./hash-scan.ts";
import { readHosts } from "./host-store.ts";
import { readStoredJson } from "./stored-json.ts";

/** Sources written in one step: about a millisecond of the server's. */
const STEP = 500;

/** What changed since a host wrote last: source → JSON RegisteredSource, and those it knows no more. */
export interface RegisteredChange {
  readonly put: ReadonlyMap<string, string>;
  readonly gone: readonly string[];
  /** True for the first of a process: what an earlier one wrote goes first. */
  readonly isFirst: boolean;
}

/** Throws when Redis refuses; then some of it may be written, and all of it can be written again. */
export async function writeRegistered(redis: Redis, host: string, change: RegisteredChange): Promise<void> {
  const key = redisKeys.registered(host);
  if (change.isFirst) await redis.unlink(key);
  const put = [...change.put];
  for (let start = 0; start < put.length; start += STEP)
    await redis.hset(key, ...put.slice(start, start + STEP).flat());
  for (let start = 0; start < change.gone.length; start += STEP) {
    await redis.hdel(key, ...change.gone.slice(start, start + STEP));
  }
  await redis.expire(key, REGISTERED_SECONDS);
}

/** The sources of all hosts; where two know one, what the later heard of it. */
export async function readRegistered(redis: Redis): Promise<Map<string, RegisteredSource>> {
  const sources = new Map<string, RegisteredSource>();
  for (const { name } of await readHosts(redis)) {
    for await (const portion of scanHash(redis, redisKeys.registered(name))) {
      for (const [source, text] of portion) {
        const read = readStoredJson(registeredSourceSchema, text);
        const known = sources.get(source);
        if (read !== undefined && (known === undefined || known.lastAtMs < read.lastAtMs)) sources.set(source, read);
      }
    }
  }
  return sources;
}
