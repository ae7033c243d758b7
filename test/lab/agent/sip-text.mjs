/** SIP messages as text for the lab's own programs: enough to read what Asterisk sends and to write what a phone sends. */
import { randomBytes } from "node:crypto";

/** Compact header names (RFC 3261 7.3.3) that Asterisk or a test may use. */
const longNames = { v: "via", f: "from", t: "to", i: "call-id", m: "contact", l: "content-length", c: "content-type" };

/**
 * Reads one whole message. Returns undefined when it is none (keepalives).
 * @param {Buffer} bytes
 */
export function parseMessage(bytes) {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const lines = bytes
    .toString("latin1", 0, headEnd)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const first = lines.shift() ?? "";
  /** @type {Map<string, string[]>} */
  const headers = new Map();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const short = line.slice(0, colon).trim().toLowerCase();
    const name = longNames[/** @type {keyof typeof longNames} */ (short)] ?? short;
    const values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  const answer = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first);
  const request = /^(\S+) (\S+) SIP\/2\.0$/.exec(first);
  if (answer === null && request === null) return undefined;
  return {
    status: answer === null ? 0 : Number(answer[1]),
    method: request?.[1] ?? "",
    uri: request?.[2] ?? "",
    headers,
    body: bytes.toString("latin1", headEnd + 4),
    /** @param {string} name lower case */
    header(name) {
      return headers.get(name)?.[0] ?? "";
    },
    /** @param {string} name lower case; values in one line are taken apart at commas outside of <> and "" */
    all(name) {
      return (headers.get(name) ?? [])
        .flatMap((value) => value.match(/(?:[^,"<]|"[^"]*"|<[^>]*>)+/g) ?? [])
        .map((part) => part.trim());
    },
  };
}

/** @typedef {NonNullable<ReturnType<typeof parseMessage>>} Message */

/** The branch of the top Via. @param {Message} message */
export function branchOf(message) {
  return /;\s*branch=([^;,\s]+)/i.exec(message.header("via"))?.[1] ?? "";
}

/** The URI inside a From, To, Contact or Route value. @param {string} value */
export function uriOf(value) {
  return /<([^>]*)>/.exec(value)?.[1] ?? value.split(";")[0]?.trim() ?? "";
}

/** The tag of a From or To value. @param {string} value */
export function tagOf(value) {
  return /;\s*tag=([^;\s]+)/i.exec(value.replace(/<[^>]*>/, ""))?.[1] ?? "";
}

/** A token nobody else has. @param {number} byteCount */
export function randomToken(byteCount = 8) {
  return randomBytes(byteCount).toString("hex");
}

/**
 * One message's bytes from its first line, its headers in order, and its body. Content-Length is added.
 * @param {string} firstLine
 * @param {readonly (readonly [string, string])[]} headers
 * @param {string} body
 */
export function composeMessage(firstLine, headers, body = "") {
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(
    `${firstLine}\r\n${head}Content-Length: ${Buffer.byteLength(body, "latin1")}\r\n\r\n${body}`,
    "latin1",
  );
}

/**
 * The answer to a request: Via, From, To, Call-ID, CSeq and Record-Route copied (RFC 3261 8.2.6).
 * @param {Message} request
 * @param {string} statusLine such as `200 OK`
 * @param {{ toTag?: string, contact?: string, body?: string }} more
 */
export function composeAnswer(request, statusLine, { toTag = "", contact = "", body = "" } = {}) {
  const to = request.header("to");
  /** @type {[string, string][]} */
  const headers = [
    ...(request.headers.get("via") ?? []).map((value) => /** @type {[string, string]} */ (["Via", value])),
    ...(request.headers.get("record-route") ?? []).map(
      (value) => /** @type {[string, string]} */ (["Record-Route", value]),
    ),
    ["From", request.header("from")],
    ["To", toTag !== "" && tagOf(to) === "" ? `${to};tag=${toTag}` : to],
    ["Call-ID", request.header("call-id")],
    ["CSeq", request.header("cseq")],
  ];
  if (contact !== "") headers.push(["Contact", contact]);
  if (body !== "") headers.push(["Content-Type", "application/sdp"]);
  return composeMessage(`SIP/2.0 ${statusLine}`, headers, body);
}

/** An address as it stands in a URI or Via. @param {string} address */
export function hostText(address) {
  return address.includes(":") ? `[${address}]` : address;
}
