/** What a client is made with, checked before anything is sent. */
import { SipprotClientError } from "./client-error.ts";

export interface SipprotClientOptions {
  /** Where the control server or the pages are: `http://127.0.0.1:8081`, `https://pbx.example:8443`. */
  readonly url: string;
  /** A token as `sipprot token create` shows it. It is sent in the Authorization header and nowhere else. */
  readonly token: string;
  /** For a certificate that no public authority signed: it, or its authority's, as PEM. */
  readonly ca?: string;
  /** Or its SHA-256 fingerprint, as `openssl x509 -noout -fingerprint -sha256` shows it; then the name does not matter. */
  readonly fingerprint?: string;
  /** A call that has no answer after this fails; 30,000 if not given. Subscriptions have no end. */
  readonly timeoutMs?: number;
}

/** The options in the form they are used in. */
export interface CheckedOptions {
  /** Address of the procedures, without a slash at its end. */
  readonly apiUrl: string;
  readonly token: string;
  readonly ca: string | undefined;
  /** Upper-case hexadecimal digits, pairs parted by colons. */
  readonly fingerprint: string | undefined;
  readonly timeoutMs: number;
}

const API_PATH = "/api/trpc";
const DEFAULT_TIMEOUT_MS = 30_000;
/** Longest time a timer of Node can hold. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Throws `bad-option`, naming the option. The token is never part of the text. */
export function checkOptions({ url, token, ca, fingerprint, timeoutMs }: SipprotClientOptions): CheckedOptions {
  if (!/^sp_[A-Za-z0-9_-]{43}$/.test(token)) {
    throw refuse("token", "sp_ and 43 letters, digits, - or _", "make one with: sipprot token create");
  }
  const apiUrl = readApiUrl(url);
  if (ca !== undefined && fingerprint !== undefined) throw refuse("fingerprint", "either ca or fingerprint");
  if ((ca ?? fingerprint) !== undefined && !apiUrl.startsWith("https:")) {
    throw refuse(ca === undefined ? "fingerprint" : "ca", "an https address with it");
  }
  if (ca !== undefined && !ca.includes("-----BEGIN CERTIFICATE-----")) throw refuse("ca", "a certificate as PEM");
  const limitMs = timeoutMs ?? DEFAULT_TIMEOUT_MS;
  if (!Number.isInteger(limitMs) || limitMs < 1 || limitMs > MAX_TIMEOUT_MS) {
    throw refuse("timeoutMs", `a whole number of milliseconds, 1 to ${MAX_TIMEOUT_MS}`);
  }
  return {
    apiUrl,
    token,
    ca,
    fingerprint: fingerprint === undefined ? undefined : readFingerprint(fingerprint),
    timeoutMs: limitMs,
  };
}

function readApiUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const path = url?.pathname.replace(/\/$/, "");
  const isPlain = url?.search === "" && url.hash === "" && url.username === "" && url.password === "";
  if ((url?.protocol !== "http:" && url?.protocol !== "https:") || !isPlain || (path !== "" && path !== API_PATH)) {
    throw refuse("url", "http://HOST:PORT or https://HOST:PORT, without a path");
  }
  return url.origin + API_PATH;
}

function readFingerprint(text: string): string {
  const digits = text.replace(/^.*=/, "").replaceAll(":", "").trim().toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    throw refuse("fingerprint", "64 hexadecimal digits, with colons or without", "use SHA-256, not SHA-1");
  }
  return digits.replaceAll(/..(?!$)/g, "$&:");
}

function refuse(field: keyof SipprotClientOptions, expected: string, remedy?: string): SipprotClientError {
  const facts = { field, expected, ...(remedy === undefined ? {} : { remedy }) };
  return new SipprotClientError("bad-option", `the option ${field} cannot be used: expected ${expected}`, facts);
}
