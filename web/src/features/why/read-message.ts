/**
 * A stored message field by field, by the full grammar of sip.js; what it cannot read is given as it came. Pure.
 *
 * Rule: loaded with the first message that is shown; the grammar is larger than the page.
 */
import { Grammar } from "sip.js/lib/grammar/grammar.js";
import type { MessageField, MessagePart, ReadMessage } from "./message-field.ts";

/** Short forms of header names (RFC 3261 20, RFC 3515, RFC 4028, RFC 3892, RFC 6665). */
const shortNames: Readonly<Record<string, string>> = {
  v: "Via",
  f: "From",
  t: "To",
  m: "Contact",
  i: "Call-ID",
  l: "Content-Length",
  c: "Content-Type",
  e: "Content-Encoding",
  s: "Subject",
  k: "Supported",
  r: "Refer-To",
  b: "Referred-By",
  x: "Session-Expires",
  o: "Event",
};

/** The grammar's rule for each header it knows. */
const rules: Readonly<Record<string, string>> = {
  via: "Via",
  from: "From",
  to: "To",
  contact: "Contact",
  "record-route": "Record_Route",
  "refer-to": "Refer_To",
  "referred-by": "Referred_By",
  "call-id": "Call_ID",
  cseq: "CSeq",
  "max-forwards": "Max_Forwards",
  "content-length": "Content_Length",
  "content-type": "Content_Type",
  event: "Event",
  "www-authenticate": "WWW_Authenticate",
  "proxy-authenticate": "Proxy_Authenticate",
};
/** Rules that read a whole value and find no parts in it. */
const wholeValues = new Set(["Call_ID", "Max_Forwards", "Content_Length", "Content_Type", "Event"]);

/** Reads the text of a message as it is kept: bytes as latin1, cut at the end where it was long. */
export function readMessage(kept: string): ReadMessage {
  const text = decode(kept);
  const blank = /\r?\n\r?\n/.exec(text);
  const head = blank === null ? text : text.slice(0, blank.index);
  const body = blank === null ? "" : text.slice(blank.index + blank[0].length);
  // A line that begins with a space belongs to the one before it.
  const [startLine = "", ...lines] = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const start = readStart(startLine);
  const fields = lines.filter((line) => line !== "").map(readField);
  return { startLine, start, isSip: start.length > 0, fields, body };
}

/** Most phones write UTF-8; what is not is shown byte by byte, the rest of a character that the cut split too. */
function decode(kept: string): string {
  const bytes = Uint8Array.from(kept, (character) => character.charCodeAt(0) & 0xff);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return text + kept.slice(new TextEncoder().encode(text).length);
  } catch {
    return kept;
  }
}

function readStart(line: string): MessagePart[] {
  const read = parse(line, "Request_Response");
  if (read === undefined) return [];
  const { method, uri, status_code: status, reason_phrase: phrase } = read;
  if (typeof method === "string") return [{ name: "method", value: method }, ...partsOfUri(uri)];
  return partsOf({ status, phrase });
}

function readField(line: string): MessageField {
  const colon = line.indexOf(":");
  if (colon < 1 || !/^[\w.!%*+`'~-]+[ \t]*$/.test(line.slice(0, colon))) {
    return { name: "", value: line, parts: [], isDamaged: true };
  }
  const written = line.slice(0, colon).trim();
  const name = shortNames[written.toLowerCase()] ?? written;
  const value = line.slice(colon + 1).trim();
  if (/^(proxy-)?authorization$/i.test(name)) return { name, value, parts: readCredentials(value), isDamaged: false };
  const rule = rules[name.toLowerCase()];
  if (rule === undefined) return { name, value, parts: [], isDamaged: false };
  const read = parse(value, rule);
  if (read === undefined) return { name, value, parts: [], isDamaged: true };
  return { name, value, parts: wholeValues.has(rule) ? [] : partsOfHeader(read), isDamaged: false };
}

type Facts = Readonly<Record<string, unknown>>;

/** What the grammar made of a text, or undefined for what it refuses; it never throws. */
function parse(text: string, rule: string): Facts | undefined {
  const read: unknown = Grammar.parse(text, rule);
  if (read === -1 || read === undefined || read === null) return undefined;
  return typeof read === "object" ? (read as Facts) : {};
}

function partsOfHeader(read: Facts): MessagePart[] {
  if (Array.isArray(read)) return read.flatMap((one: Facts) => partsOfHeader(one.parsed as Facts));
  if ("uri" in read) {
    return [...partsOf({ name: read._displayName }), ...partsOfUri(read.uri), ...partsOf(read.parameters)];
  }
  const { params, host_type: _, protocol: __, ...own } = read;
  return [...partsOf(own), ...partsOf(params)];
}

function partsOfUri(uri: unknown): MessagePart[] {
  const { raw, parameters } = (uri ?? {}) as { readonly raw?: Facts; readonly parameters?: Facts };
  const { scheme: _, ...address } = raw ?? {};
  return [...partsOf(address), ...partsOf(parameters)];
}

function partsOf(facts: unknown): MessagePart[] {
  return Object.entries((facts ?? {}) as Facts).flatMap(([name, value]) =>
    value === undefined || typeof value === "object" ? [] : [{ name, value: String(value) }],
  );
}

/** The grammar has no rule for credentials: names and values, quotes taken off. */
function readCredentials(value: string): MessagePart[] {
  const scheme = /^\S+/.exec(value)?.[0] ?? "";
  const pairs = value.slice(scheme.length).matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))/g);
  return [
    { name: "scheme", value: scheme },
    ...[...pairs].map(([, name = "", quoted, plain]) => ({ name, value: quoted ?? plain ?? "" })),
  ];
}
