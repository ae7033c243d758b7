/** The host's secret: 32 random bytes made at the first start; keys the flow tokens and the hashes of nonces. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readOrMakeSecretFile } from "@sipprot/shared/secret-file";

const SECRET_BYTES = 32;

/**
 * Reads the secret of a state folder, or makes it. Throws when the folder cannot be used; a secret of another length is
 * not replaced but refused, because phones may be registered under it.
 */
export function readSecret(stateFolder: string): Buffer {
  const path = join(stateFolder, "secret");
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const secret = readOrMakeSecretFile(path, () => randomBytes(SECRET_BYTES));
  if (secret.length !== SECRET_BYTES)
    throw new Error(`${path} is not a secret of ${SECRET_BYTES} bytes; remove it to get a new one`);
  return secret;
}
