/**
 * Seals the secrets that must be read again (second factors, passwords of mail servers) before they go to the store:
 * AES-256-GCM, with a key that is not in the store, bound to the place the secret belongs to.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { BootSettings } from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";
import { badKeyFile, isKeyText, makeKeyLine, readOrMakeSecretFile } from "@sipprot/shared/secret-file";

const CIPHER = "aes-256-gcm";
/** What GCM is made for. Random: a key seals some hundred secrets, not 2^32. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** More keys than anybody changes before the old secrets are sealed anew, which happens at each start. */
const MAX_KEYS = 10;
/** `sealed:1:KEY:NONCE+TAG+TEXT`; what looks otherwise is in clear, from a version before this one. */
const sealed = /^sealed:1:([0-9a-f]{8}):([A-Za-z0-9_-]{38,})$/;

export class SecretSeal {
  /** By the id that stands in what was sealed; the first is the one that seals. */
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #current: string;

  /** Keys of 32 bytes: the first seals, the others open what was sealed before. */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    this.#keys = new Map(keys.map((key) => [idOf(key), key]));
    this.#current = idOf(keys[0]);
  }

  /** The secret as it goes to the store. `place` says whose it is; it opens there and nowhere else. */
  close(secret: string, place: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key(this.#current), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(place));
    const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
    const packed = Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
    return `sealed:1:${this.#current}:${packed}`;
  }

  /** The secret of what the store holds. Throws `sealed-secret` when it was sealed under another key or for another place. */
  open(stored: string, place: string): string {
    const [, id = "", packed = ""] = sealed.exec(stored) ?? [];
    if (id === "") return stored;
    const bytes = Buffer.from(packed, "base64url");
    try {
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, this.#key(id), nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString("utf8");
    } catch (error) {
      throw new SipprotError(
        "sealed-secret",
        `the secret of ${place} was sealed under a key (${id}) that this host does not have, or is damaged`,
        { field: place, value: id, remedy: "add the line of that key to the key file, or set the secret anew" },
        error,
      );
    }
  }

  /** True when it is sealed under the key that seals now. */
  isCurrent(stored: string): boolean {
    return sealed.exec(stored)?.[1] === this.#current;
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id);
    if (key === undefined) throw new Error(`there is no key ${id}`);
    return key;
  }
}

type KeyPlace = Pick<BootSettings, "stateFolder" | "secretsKeyFile">;

/** The file of the keys: `SIPPROT_SECRETS_KEY`, or `secrets.key` in the state folder. */
export function secretsKeyFile(boot: KeyPlace): string {
  return boot.secretsKeyFile ?? `${boot.stateFolder}/secrets.key`;
}

/**
 * The seal of this installation. The state folder's own key file is made when it is not there, one of the operator's is
 * not. Throws `bad-key-file`.
 */
export function readSecretSeal(boot: KeyPlace): SecretSeal {
  const path = secretsKeyFile(boot);
  const remedy = "give one key a line, 64 hexadecimal digits each, the newest first: openssl rand -hex 32";
  let text: Buffer;
  try {
    text = boot.secretsKeyFile === undefined ? readOrMakeSecretFile(path, makeKeyLine) : readFileSync(path);
  } catch (error) {
    throw badKeyFile(path, `cannot be read: ${(error as Error).message}`, remedy, error);
  }
  const lines = text
    .toString("utf8")
    .trim()
    .split(/\s*\n\s*/);
  if (lines.length > MAX_KEYS) throw badKeyFile(path, `holds more than ${MAX_KEYS} keys`, remedy);
  const wrong = lines.findIndex((line) => !isKeyText(line));
  if (wrong >= 0) throw badKeyFile(path, `holds no key in line ${wrong + 1}`, remedy);
  const [first = Buffer.alloc(0), ...others] = lines.map((line) => Buffer.from(line, "hex"));
  return new SecretSeal([first, ...others]);
}

/** Names a key without telling anything of it. */
function idOf(key: Buffer): string {
  return createHash("sha256").update("sipprot key id").update(key).digest("hex").slice(0, 8);
}
