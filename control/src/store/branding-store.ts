/** The customer's name, colour and logo in Redis; the logo's file apart, as every page asks for the rest. */
import {
  type Branding,
  brandingSchema,
  defaultBranding,
  type LogoFile,
  logoFileSchema,
} from "@sipprot/shared/branding";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";

/** Ours where nothing is set, or what is stored cannot be read. */
export async function readBranding(redis: Redis): Promise<Branding> {
  return readStoredJson(brandingSchema, await redis.get(redisKeys.branding)) ?? defaultBranding;
}

export async function readLogo(redis: Redis): Promise<LogoFile | undefined> {
  return readStoredJson(logoFileSchema, await redis.get(redisKeys.brandingLogo));
}

/** Writes both in one step; `logo` undefined leaves the file as it is. */
export async function writeBranding(
  redis: Redis,
  branding: Branding,
  logo: LogoFile | null | undefined,
): Promise<void> {
  const transaction = redis.multi().set(redisKeys.branding, JSON.stringify(branding));
  if (logo === null) transaction.del(redisKeys.brandingLogo);
  else if (logo !== undefined) transaction.set(redisKeys.brandingLogo, JSON.stringify(logo));
  for (const [error] of (await transaction.exec()) ?? []) if (error !== null) throw error;
}
