/** Accounts of people in Redis, changed one after another so that two changes at once never undo each other. */
import { accountNameSchema } from "@sipprot/shared/account";
import { preferencesSchema } from "@sipprot/shared/preferences";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { roleSchema } from "@sipprot/shared/role-schema";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { z } from "zod";

/** An account as it is stored. */
export const storedUserSchema = z.strictObject({
  name: accountNameSchema,
  role: roleSchema,
  /** scrypt, with its parameters; see services/password.ts. */
  passwordHash: z.string(),
  mustChangePassword: z.boolean(),
  isDisabled: z.boolean().optional(),
  createdAtMs: z.number(),
  passwordChangedAtMs: z.number(),
  preferences: preferencesSchema.optional(),
  secondFactor: z
    .strictObject({
      /** Base32, sealed: the codes are computed from it; see services/secret-seal.ts. */
      secret: z.string(),
      isConfirmed: z.boolean(),
      /** Time step of the last code that was used; this and earlier ones are used up. */
      lastStep: z.number(),
      /** SHA-256 of each recovery code that is left. */
      recoveryHashes: z.array(z.string()),
    })
    .optional(),
});
export type StoredUser = z.infer<typeof storedUserSchema>;

/** What a change of the accounts does, and what it answers. */
export interface UserChange<Outcome> {
  readonly put?: StoredUser;
  readonly remove?: string;
  readonly outcome: Outcome;
}

/** How often a change is decided anew when another came between. */
const MAX_ATTEMPTS = 20;

const changeScript = `
if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] then return 0 end
redis.call('INCR', KEYS[1])
if ARGV[2] ~= '' then redis.call('HSET', KEYS[2], ARGV[2], ARGV[3]) end
if ARGV[4] ~= '' then redis.call('HDEL', KEYS[2], ARGV[4]) end
return 1`;

/** The account of that name; undefined also for a record this version cannot read. */
export async function readUser(redis: Redis, name: string): Promise<StoredUser | undefined> {
  return readStoredJson(storedUserSchema, await redis.hget(redisKeys.users, name));
}

/** All accounts by name. */
export async function readUsers(redis: Redis): Promise<StoredUser[]> {
  const stored = await redis.hvals(redisKeys.users);
  const users = stored.map((text) => readStoredJson(storedUserSchema, text)).filter((user) => user !== undefined);
  return users.sort((one, other) => one.name.localeCompare(other.name));
}

/** Decides on all accounts as they are and writes, anew when another change came between. `decide` may throw. */
export async function changeUsers<Outcome>(
  redis: Redis,
  decide: (users: ReadonlyMap<string, StoredUser>) => UserChange<Outcome>,
): Promise<Outcome> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const version = (await redis.get(redisKeys.usersVersion)) ?? "0";
    const users = new Map((await readUsers(redis)).map((user) => [user.name, user]));
    const { put, remove = "", outcome } = decide(users);
    const isWritten = await redis.eval(
      changeScript,
      2,
      redisKeys.usersVersion,
      redisKeys.users,
      version,
      put?.name ?? "",
      put === undefined ? "" : JSON.stringify(put),
      remove,
    );
    if (isWritten === 1) return outcome;
  }
  throw new Error(`the accounts changed ${MAX_ATTEMPTS} times while one change was being made; try again`);
}
