/** What a request must be like before a procedure sees it: from where, of what kind, and not sent by another site. */
import type { IncomingHttpHeaders } from "node:http";
import { SipprotError } from "@sipprot/shared/errors";

/** The one path there is. */
export const API_PATH = "/api/trpc";
/** Cookie of the session; the prefix binds it to this host, HTTPS and every path. */
const SESSION_COOKIE = "__Host-sipprot";
/** Sent by clients that are no browsers but use the cookie; another site's page cannot set it without our leave. */
const CLIENT_HEADER = "x-sipprot-client";
/** Longest query string: inputs of queries are in it. */
const MAX_URL_CHARACTERS = 8192;

/** The parts of a request that the guard looks at. */
export interface GuardedRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The host, and port, the caller sent it to; see request-origin.ts. */
  readonly host: string | undefined;
}

/**
 * Throws for a request that is not to be looked into: `not-found` off the path, `bad-input` for another method or
 * content than JSON and for a token in the address, `too-large`, `cross-site` for one with a session that another
 * site's page may have sent.
 */
export function guardRequest({ method = "", url = "", headers, host }: GuardedRequest): void {
  if (!url.startsWith(`${API_PATH}/`)) {
    throw new SipprotError("not-found", "there is nothing here", { expected: `${API_PATH}/PROCEDURE` });
  }
  if (url.length > MAX_URL_CHARACTERS) throw new SipprotError("too-large", "the address of the request is too long");
  if (/sp_[A-Za-z0-9_-]{43}/.test(url)) {
    throw new SipprotError("bad-input", "a token does not belong in an address: addresses are logged everywhere", {
      expected: "Authorization: Bearer sp_…",
      remedy: "revoke this token and use a new one in the header",
    });
  }
  if (method !== "GET" && method !== "POST") {
    throw new SipprotError("bad-input", `there is no ${method.slice(0, 10)} here`, { expected: "GET or POST" });
  }
  const kind = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (method === "POST" && kind !== "application/json") {
    throw new SipprotError("bad-input", "only JSON is read", {
      field: "Content-Type",
      value: kind?.slice(0, 80) ?? "",
      expected: "application/json",
    });
  }
  if (readSessionSecret(headers) !== undefined || headers.authorization === undefined) {
    refuseOtherSites(method, headers, host);
  }
}

/**
 * Throws `cross-site` when a browser says that another site's page sent this, and for a change when nothing says that
 * it came from ours. Signing in counts too: a page must not sign somebody in as somebody else.
 */
function refuseOtherSites(method: string, headers: IncomingHttpHeaders, host: string | undefined): void {
  const site = headers["sec-fetch-site"];
  // `none` is typed into the address bar: a look, never a change.
  const isSiteFine = site === "same-origin" || (site === "none" && method === "GET");
  const isOriginFine = headers.origin !== undefined && isOwnOrigin(headers.origin, host);
  const isForeign = (site !== undefined && !isSiteFine) || (headers.origin !== undefined && !isOriginFine);
  const isShown = isSiteFine || isOriginFine || headers[CLIENT_HEADER] !== undefined;
  if (!isForeign && (method === "GET" || isShown)) return;
  throw new SipprotError("cross-site", "this request may come from another site's page", {
    field: "Origin",
    expected: "a request from our own page, with a token, or with the header X-Sipprot-Client",
  });
}

/** True when the origin's host and port are those the request was sent to. */
function isOwnOrigin(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/** The secret of the session in the Cookie header. With two of that name there is none: one of them was planted. */
export function readSessionSecret(headers: IncomingHttpHeaders): string | undefined {
  const found = (headers.cookie ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return found.length === 1 ? found[0]?.slice(SESSION_COOKIE.length + 1) : undefined;
}

/** The Set-Cookie header that keeps a session in the browser, or with nothing takes it away. */
export function writeSessionCookie(secret: string, maxAgeSeconds: number): string {
  return `${SESSION_COOKIE}=${secret}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`;
}
