/** The connection to Redis: from a URL or the private instance's socket, for a program that waits or one that does not. */
import { Redis, type RedisOptions } from "ioredis";
import { privateRedisSocket } from "../boot-settings.ts";
import { SipprotError } from "../errors.ts";

/** Without the one option that changes the shape of replies. */
type ConnectionOptions = Omit<RedisOptions, "replyMapping">;

/** Where the store is: both are boot settings. */
export interface StoreLocation {
  readonly redisUrl: string | undefined;
  readonly stateFolder: string;
}

/** A server that does not even say "still nothing" for this long is dead: longer than any blocking read of ours. */
export const DEAD_SERVER_MS = 15_000;
/** Longest pause between two attempts to connect: a change is late by this at most once the server is back. */
const MAX_RETRY_MS = 500;
/** How long a command line waits for the store. */
const BRIEF_MS = 3000;

/**
 * Opens a connection that lasts: it reconnects by itself for ever, and a command given while the server is away fails
 * at once, so that nobody waits and nothing piles up. Never throws; tell what happens with `onTrouble`.
 */
export function openLastingConnection(location: StoreLocation, onTrouble: (error: Error) => void): Redis {
  const redis = new Redis({
    ...connectionOptions(location),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt: number) => Math.min(MAX_RETRY_MS, 50 * attempt),
    reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
    socketTimeout: DEAD_SERVER_MS,
    keepAlive: 5000,
  });
  redis.on("error", onTrouble);
  return redis;
}

/**
 * Opens a connection for one piece of work and waits until it stands. Close it with `disconnect()`.
 *
 * Throws `store-unreachable` with what to do when the server does not answer within three seconds.
 */
export async function openBriefConnection(location: StoreLocation): Promise<Redis> {
  const redis = new Redis({
    ...connectionOptions(location),
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: BRIEF_MS,
    commandTimeout: 10 * BRIEF_MS,
  });
  let trouble: Error | undefined;
  redis.on("error", (error: Error) => {
    trouble = error;
  });
  try {
    await redis.connect();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new SipprotError(
      "store-unreachable",
      `Redis at ${describeLocation(location)} does not answer: ${(trouble ?? (error as Error)).message}`,
      {
        field: "SIPPROT_REDIS_URL",
        value: describeLocation(location),
        expected: "a Redis server, version 6.2 or later",
        remedy: "start it with: npm start, or correct SIPPROT_REDIS_URL in conf/sipprot.conf",
      },
      error,
    );
  }
}

/** Where the store is, for people: without the password. */
export function describeLocation(location: StoreLocation): string {
  if (location.redisUrl === undefined) return `unix://${privateRedisSocket(location.stateFolder)}`;
  return location.redisUrl.replace(/\/\/[^@/]*@/, "//***@");
}

/**
 * The options of a location. `redis://SENTINEL:26379/0?sentinel=NAME` asks a Sentinel for the master of that name;
 * the other Sentinels are learnt from the first.
 */
function connectionOptions(location: StoreLocation): ConnectionOptions {
  if (location.redisUrl === undefined) return { path: privateRedisSocket(location.stateFolder) };
  const url = new URL(location.redisUrl);
  if (url.protocol === "unix:") return { path: decodeURIComponent(url.pathname) };
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || 6379);
  const options: ConnectionOptions = { db: Number(url.pathname.slice(1) || 0) };
  if (url.username !== "") options.username = decodeURIComponent(url.username);
  if (url.password !== "") options.password = decodeURIComponent(url.password);
  if (url.protocol === "rediss:") options.tls = { servername: host };
  const masterName = url.searchParams.get("sentinel");
  return masterName === null
    ? { ...options, host, port }
    : { ...options, sentinels: [{ host, port }], name: masterName };
}
