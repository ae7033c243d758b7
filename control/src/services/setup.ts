/** Prepares the store and takes everything of ours away again. */
import { mkdirSync } from "node:fs";
import { SipprotError } from "@sipprot/shared/errors";
import { privateRedisFolder } from "@sipprot/shared/private-redis";
import { REDIS_LAYOUT, redisKeys } from "@sipprot/shared/redis-keys";
import { readWebKey } from "@sipprot/shared/web-key";
import type { Redis } from "ioredis";

/**
 * Makes the folders of the state and the key of the web server, for their owner only: they hold lists, logs and secrets.
 * Nothing happens when they are there.
 */
export function prepareStateFolder(stateFolder: string): void {
  try {
    for (const folder of [stateFolder, privateRedisFolder(stateFolder), `${stateFolder}/logs`]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
  } catch (error) {
    throw new SipprotError(
      "not-permitted",
      `the state folder cannot be prepared: ${(error as Error).message}`,
      {
        field: "SIPPROT_STATE",
        value: stateFolder,
        expected: "a folder that may be made and written",
        remedy: "run as root, or name another folder with SIPPROT_STATE in conf/sipprot.conf",
      },
      error,
    );
  }
  readWebKey(stateFolder);
}

/**
 * Writes the version of the key layout into an empty store. Returns whether there was anything to do.
 *
 * Throws `not-permitted` when the store was prepared by another version.
 */
export async function prepareStore(redis: Redis): Promise<{ readonly wasPrepared: boolean }> {
  const wasPrepared = (await redis.set(redisKeys.layout, REDIS_LAYOUT, "NX")) === null;
  await requireLayout(redis);
  return { wasPrepared };
}

/** Throws `not-permitted` when the store has the layout of another version; an unprepared store is no error. */
export async function requireLayout(redis: Redis): Promise<void> {
  const found = await redis.get(redisKeys.layout);
  if (found === null || found === String(REDIS_LAYOUT)) return;
  throw new SipprotError(
    "not-permitted",
    `the store has layout ${found.slice(0, 20)}, this version reads layout ${REDIS_LAYOUT}`,
    {
      field: redisKeys.layout,
      value: found.slice(0, 20),
      expected: String(REDIS_LAYOUT),
      remedy: "run the version of sipprot that prepared it, or name another store with SIPPROT_REDIS_URL",
    },
  );
}
