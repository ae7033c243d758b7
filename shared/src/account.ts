/** People and programs that may sign in, as the server tells of them: never with what proves who they are. */
import { z } from "zod";
import { preferencesSchema } from "./preferences.ts";
import { roleSchema } from "./role-schema.ts";

/** Short enough for a table, long enough for a mail address. */
export const accountNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/,
    "expected 1 to 64 of: letters, digits, . _ @ -, a letter or digit first",
  );

/** Shortest password: with the limits on guessing, twelve characters outlast any guesser. */
export const MIN_PASSWORD_CHARACTERS = 12;
/** Longest password: hashing more would be work for nothing. */
export const MAX_PASSWORD_CHARACTERS = 200;

/** A password as typed at sign-in: only its length is limited. */
export const typedPasswordSchema = z.string().min(1).max(MAX_PASSWORD_CHARACTERS);
/** A password somebody chooses. */
export const newPasswordSchema = z.string().min(MIN_PASSWORD_CHARACTERS).max(MAX_PASSWORD_CHARACTERS);
/** A code of the second factor: six digits, or a recovery code. */
export const secondFactorSchema = z.string().trim().min(6).max(20);

export const userSchema = z.strictObject({
  name: accountNameSchema,
  role: roleSchema,
  /** Cannot sign in; everything else of the account stays. */
  isDisabled: z.boolean(),
  mustChangePassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  recoveryCodesLeft: z.number().int().nonnegative(),
  createdAtMs: z.number(),
  passwordChangedAtMs: z.number(),
  preferences: preferencesSchema,
});
export type User = z.infer<typeof userSchema>;

export const sessionSchema = z.strictObject({
  /** Names the session to its owner and to administrators; nobody can sign in with it. */
  id: z.string(),
  user: z.string(),
  address: z.string(),
  agent: z.string().max(256),
  createdAtMs: z.number(),
  seenAtMs: z.number(),
  endsAtMs: z.number(),
  isCurrent: z.boolean(),
});
export type SessionInfo = z.infer<typeof sessionSchema>;

export const tokenNameSchema = z.string().trim().min(1).max(64);

export const tokenSchema = z.strictObject({
  id: z.string(),
  name: tokenNameSchema,
  role: roleSchema,
  createdBy: z.string(),
  createdAtMs: z.number(),
  expiresAtMs: z.number().optional(),
  lastUsedAtMs: z.number().optional(),
});
export type TokenInfo = z.infer<typeof tokenSchema>;
