/** The second factor: codes of six digits by time (RFC 6238), each good once, and recovery codes. */
import { Secret, TOTP } from "otpauth";
import type { StoredUser } from "../store/user-store.ts";
import { hashSecret, makeGroups } from "./password.ts";
import type { SecretSeal } from "./secret-seal.ts";

type SecondFactor = NonNullable<StoredUser["secondFactor"]>;

/** Recovery codes an account gets: a telephone is not lost ten times. */
const RECOVERY_CODES = 10;
/** A code lives for 30 s; the one before and the one after count too, for clocks that differ. */
const PERIOD_SECONDS = 30;
const WINDOW = 1;
/** A last code from further ahead than ten minutes was used before somebody set the clock back; it must not lock the account until then. */
const MAX_STEPS_AHEAD = 20;

/** Whose secret it is, for the seal. */
export function factorPlace(user: string): string {
  return `second factor of ${user}`;
}

/** A new secret, and the factor of it that counts only once it is confirmed. */
export function offerFactor(
  user: string,
  seal: SecretSeal,
): { readonly secret: string; readonly factor: SecondFactor } {
  const secret = new Secret({ size: 20 }).base32;
  const stored = seal.close(secret, factorPlace(user));
  return { secret, factor: { secret: stored, isConfirmed: false, lastStep: 0, recoveryHashes: [] } };
}

/** The `otpauth://` address that authenticator apps read. */
export function factorUri(user: string, secret: string): string {
  return codesOf(secret, user).toString();
}

/** Ten recovery codes, and the factor that knows only their hashes. */
export function withRecoveryCodes(factor: SecondFactor): { factor: SecondFactor; recoveryCodes: string[] } {
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => makeGroups(2, 5));
  return { factor: { ...factor, recoveryHashes: recoveryCodes.map(hashSecret) }, recoveryCodes };
}

/**
 * The factor after this code was used, or undefined when the code is wrong or used up. `secret` opens the factor's;
 * a recovery code does without.
 */
export function useCode(
  factor: SecondFactor,
  code: string,
  secret: () => string,
  nowMs: number,
): SecondFactor | undefined {
  const typed = code.trim().toLowerCase();
  if (/^\d{6}$/.test(typed)) {
    const delta = codesOf(secret()).validate({ token: typed, timestamp: nowMs, window: WINDOW });
    if (delta === null) return undefined;
    const step = Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
    const isNew = step > factor.lastStep || factor.lastStep > step + MAX_STEPS_AHEAD;
    return isNew ? { ...factor, lastStep: step } : undefined;
  }
  const hash = hashSecret(typed);
  if (!factor.recoveryHashes.includes(hash)) return undefined;
  return { ...factor, recoveryHashes: factor.recoveryHashes.filter((one) => one !== hash) };
}

function codesOf(secret: string, label = ""): TOTP {
  // SHA-1 is what all apps know; the codes do not depend on its collisions.
  return new TOTP({
    issuer: "sipPROT",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}
