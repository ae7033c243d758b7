/** Passwords: hashed with scrypt, a few at a time; one-time passwords and other secrets made of random bytes. */
import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";

/** scrypt with N=2^15, r=8, p=1: 32 MiB and about a tenth of a second a guess. */
const COST = { N: 32_768, r: 8, p: 1 } as const;
/** A little above the 32 MiB that COST takes. */
const MAX_MEMORY_BYTES = 48 * 1024 * 1024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Hashed at once: two leave half of Node's threads to the rest. */
const MAX_AT_ONCE = 2;
/** Waiting to be hashed; more would wait longer than anybody does. */
const MAX_WAITING = 50;
/** Without what looks alike: 0 and O, 1 and l. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** Of a password nobody has: an account without one takes as long to refuse as any other. */
export const NO_PASSWORD = `scrypt$${COST.N}$${COST.r}$${COST.p}$${"00".repeat(SALT_BYTES)}$${"00".repeat(HASH_BYTES)}`;

let running = 0;
const waiting: Array<() => void> = [];

/** The hash of a password with its parameters and a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString("hex")}$${hash.toString("hex")}`;
}

/** True when it is the password of that hash. Without a hash it takes as long, and is false. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, n, r, p, salt = "", hash = ""] = (stored ?? NO_PASSWORD).split("$");
  if (kind !== "scrypt") return false;
  const expected = Buffer.from(hash, "hex");
  const derived = await derive(password, Buffer.from(salt, "hex"), { N: Number(n), r: Number(r), p: Number(p) });
  return derived.length === expected.length && timingSafeEqual(derived, expected) && stored !== undefined;
}

/** Throws `weak-password` for one that contains the account's name, or little else than one letter. */
export function checkPassword(name: string, password: string): void {
  const isNamed = password.toLowerCase().includes(name.toLowerCase()) && password.length < name.length + 12;
  if (!isNamed && new Set(password).size >= 6) return;
  throw new SipprotError("weak-password", "this password is too easy to guess", {
    field: "newPassword",
    expected: "at least 12 characters, 6 different ones, not the account's name with a little added",
    remedy: "take four words that have nothing to do with each other",
  });
}

/** A password for one use: 20 letters and digits in groups, 100 bits. */
export function makeOneTimePassword(): string {
  return makeGroups(4, 5);
}

/** Random letters and digits in groups, 5 bits each. */
export function makeGroups(groups: number, lettersEach: number): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)] ?? "";
  return Array.from({ length: groups }, () => Array.from({ length: lettersEach }, letter).join("")).join("-");
}

/** A secret of 256 bits, URL-safe. */
export function makeSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a secret that is random itself: a plain SHA-256, nothing to guess. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

async function derive(
  password: string,
  salt: Buffer,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  await takeTurn();
  try {
    return await new Promise((resolve, reject) => {
      // The same letters typed on another keyboard may be other code points.
      const text = password.normalize("NFKC");
      scrypt(text, salt, HASH_BYTES, { ...cost, maxmem: MAX_MEMORY_BYTES }, (error, hash) =>
        error === null ? resolve(hash) : reject(error),
      );
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function takeTurn(): Promise<void> {
  if (running >= MAX_AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw new SipprotError("too-many-attempts", "too many people sign in at this moment", {
        waitMs: 5000,
        remedy: "try again in a few seconds",
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
}
