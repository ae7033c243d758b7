/** Seals what the store holds in clear, from a version before, or under an earlier key; done at each start of the server. */
import { SipprotError } from "@sipprot/shared/errors";
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import { changeUsers, readUsers } from "../store/user-store.ts";
import { notificationSecretNames, readNotificationSecrets, secretPlace } from "./notifications/settings.ts";
import { factorPlace } from "./second-factor.ts";
import type { SecretSeal } from "./secret-seal.ts";

/** Puts the new text in place of exactly the old one. */
const replaceScript = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

export interface Renewal {
  /** How many secrets are sealed anew. */
  readonly renewed: number;
  /** What cannot be opened, one sentence each: those secrets stay as they are. */
  readonly unreadable: readonly string[];
}

/** Every secret of the store comes under the key that seals now. Safe while others work on the store. */
export async function renewSecrets(redis: Redis, seal: SecretSeal): Promise<Renewal> {
  const unreadable = await findUnreadable(redis, seal);
  let renewed = 0;
  for (const { name } of await readUsers(redis)) {
    const isRenewed = await changeUsers(redis, (users) => {
      const user = users.get(name);
      const secret = user?.secondFactor && closeAnew(seal, user.secondFactor.secret, factorPlace(name));
      if (user?.secondFactor === undefined || secret === undefined) return { outcome: false };
      return { put: { ...user, secondFactor: { ...user.secondFactor, secret } }, outcome: true };
    });
    if (isRenewed) renewed += 1;
  }
  for (const name of notificationSecretNames) {
    const stored = await redis.hget(redisKeys.notificationSecrets, name);
    const secret = stored === null ? undefined : closeAnew(seal, stored, secretPlace(name));
    if (stored === null || secret === undefined) continue;
    const isRenewed = await redis.eval(replaceScript, 1, redisKeys.notificationSecrets, name, stored, secret);
    if (isRenewed === 1) renewed += 1;
  }
  return { renewed, unreadable };
}

/** Which secrets this host cannot open, and why: one sentence each. */
export async function findUnreadable(redis: Redis, seal: SecretSeal): Promise<string[]> {
  const notifications = await readNotificationSecrets(redis, seal);
  const openings = notificationSecretNames.map((name) => () => notifications.open(name));
  for (const { name, secondFactor } of await readUsers(redis)) {
    if (secondFactor !== undefined) openings.push(() => seal.open(secondFactor.secret, factorPlace(name)));
  }
  return openings.flatMap((open) => {
    try {
      open();
      return [];
    } catch (error) {
      if (!(error instanceof SipprotError)) throw error;
      return [error.message];
    }
  });
}

/** The secret under the current key; undefined when it is so already, or cannot be opened. */
function closeAnew(seal: SecretSeal, stored: string, place: string): string | undefined {
  if (seal.isCurrent(stored)) return undefined;
  try {
    return seal.close(seal.open(stored, place), place);
  } catch (error) {
    if (error instanceof SipprotError) return undefined;
    throw error;
  }
}
