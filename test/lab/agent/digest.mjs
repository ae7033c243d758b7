/** Digest answers (RFC 2617 as SIP uses it, RFC 3261 22.4) for the lab's phones and guessers. */
import { createHash } from "node:crypto";
import { randomToken } from "./sip-text.mjs";

/**
 * Reads a WWW-Authenticate or Proxy-Authenticate value.
 * @param {string} value
 */
export function parseChallenge(value) {
  /** @param {string} name */
  const field = (name) =>
    new RegExp(`[\\s,]${name}\\s*=\\s*(?:"([^"]*)"|([^,\\s]+))`, "i").exec(` ${value}`)?.slice(1).find(Boolean) ?? "";
  return {
    realm: field("realm"),
    nonce: field("nonce"),
    opaque: field("opaque"),
    qop: field("qop").split(",")[0] ?? "",
    stale: field("stale").toLowerCase() === "true",
  };
}

/** @typedef {ReturnType<typeof parseChallenge>} Challenge */

/**
 * The value of an Authorization header that answers a challenge.
 * @param {{ user: string, password: string, method: string, uri: string, challenge: Challenge, count?: number }} with_
 */
export function answerChallenge({ user, password, method, uri, challenge, count = 1 }) {
  const secret = md5(`${user}:${challenge.realm}:${password}`);
  const action = md5(`${method}:${uri}`);
  const fields = [
    `username="${user}"`,
    `realm="${challenge.realm}"`,
    `nonce="${challenge.nonce}"`,
    `uri="${uri}"`,
    "algorithm=MD5",
  ];
  if (challenge.qop === "") {
    fields.push(`response="${md5(`${secret}:${challenge.nonce}:${action}`)}"`);
  } else {
    const nc = count.toString(16).padStart(8, "0");
    const cnonce = randomToken(6);
    fields.push(`response="${md5(`${secret}:${challenge.nonce}:${nc}:${cnonce}:${challenge.qop}:${action}`)}"`);
    fields.push(`qop=${challenge.qop}`, `nc=${nc}`, `cnonce="${cnonce}"`);
  }
  if (challenge.opaque !== "") fields.push(`opaque="${challenge.opaque}"`);
  return `Digest ${fields.join(", ")}`;
}

/** @param {string} text */
function md5(text) {
  return createHash("md5").update(text, "latin1").digest("hex");
}
