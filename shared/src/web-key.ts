/** The key by which the web server of this host proves itself to the control server: who has it is believed whom it asks for. */
import { badKeyFile, isKeyText, makeKeyLine, readOrMakeSecretFile } from "./secret-file.ts";

/**
 * Header of the key, in every request of the web server. The web server sets it in place of whatever a browser sent;
 * with it `X-Forwarded-For` and `X-Forwarded-Host` are believed, and only with it.
 */
export const WEB_KEY_HEADER = "x-sipprot-web";

/**
 * The web key of a state folder, as it stands in the header; made at the first call. The state folder must be there.
 *
 * Throws `bad-key-file` when it cannot be read or is no key.
 */
export function readWebKey(stateFolder: string): string {
  const path = `${stateFolder}/web.key`;
  const remedy = `remove ${path} and start everything anew, as the user who owns the state folder`;
  let text: string;
  try {
    text = readOrMakeSecretFile(path, makeKeyLine).toString("utf8").trim();
  } catch (error) {
    throw badKeyFile(path, `cannot be read: ${(error as Error).message}`, remedy, error);
  }
  if (!isKeyText(text)) throw badKeyFile(path, "holds no key of 64 hexadecimal digits", remedy);
  return text;
}
