/** Secrets of the state folder: files made once, whole or not at all, for their owner only. */
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { SipprotError } from "./errors.ts";

/**
 * Returns what the file holds; makes it with `content` when it is not there. Of two programs that start at once both
 * get the same: a secret is written beside and then linked to its name, so nobody reads half of one.
 *
 * Throws what the file system says.
 */
export function readOrMakeSecretFile(path: string, content: () => Uint8Array | string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const beside = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    const file = openSync(beside, "wx", 0o600);
    try {
      writeFileSync(file, content());
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(beside, { force: true });
  }
  return readFileSync(path);
}

/** A new key of 256 bits as a line of hexadecimal digits, as `openssl rand -hex 32` makes it. */
export function makeKeyLine(): string {
  return `${randomBytes(32).toString("hex")}\n`;
}

/** True for a key as {@link makeKeyLine} makes it, without the end of the line. */
export function isKeyText(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}

/** The error for a file of keys that cannot be used. */
export function badKeyFile(path: string, what: string, remedy: string, cause?: unknown): SipprotError {
  return new SipprotError("bad-key-file", `the key file ${path} ${what}`, { field: path, remedy }, cause);
}
