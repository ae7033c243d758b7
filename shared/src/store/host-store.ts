/** The hosts' records: written by each proxy every few seconds, read by whoever wants to know how the hosts are. */
import type { Redis } from "ioredis";
import { type Host, hostSchema } from "../host.ts";
import { MAX_HOSTS, redisKeys } from "../redis-keys.ts";
import { readStoredJson } from "./stored-json.ts";

/** A host that said nothing for this long is taken out of the records. */
export const HOST_FORGOTTEN_AFTER_MS = 30 * 86_400_000;

/** Writes a host's own record. Throws when the record is not valid or too many hosts share the store. */
export async function putHost(redis: Redis, host: Host): Promise<void> {
  const record = JSON.stringify(hostSchema.parse(host));
  if ((await redis.hset(redisKeys.hosts, host.name, record)) === 0) return;
  if ((await redis.hlen(redisKeys.hosts)) <= MAX_HOSTS) return;
  await redis.hdel(redisKeys.hosts, host.name);
  throw new Error(`more than ${MAX_HOSTS} hosts share this store`);
}

/** All hosts by name. A record this version cannot read is left out. */
export async function readHosts(redis: Redis): Promise<Host[]> {
  const hosts: Host[] = [];
  for (const text of await redis.hvals(redisKeys.hosts)) {
    const host = readStoredJson(hostSchema, text);
    if (host !== undefined) hosts.push(host);
  }
  return hosts.sort((one, other) => one.name.localeCompare(other.name));
}

/** Takes a host out of the records, as when it was dismantled. False when there was none. */
export async function removeHost(redis: Redis, name: string): Promise<boolean> {
  return (await redis.hdel(redisKeys.hosts, name)) === 1;
}

/** Takes out the hosts that said nothing for HOST_FORGOTTEN_AFTER_MS. */
export async function forgetSilentHosts(redis: Redis, nowMs: number): Promise<void> {
  for (const host of await readHosts(redis)) {
    if (nowMs - host.seenAtMs > HOST_FORGOTTEN_AFTER_MS) await removeHost(redis, host.name);
  }
}
