/** Answers every request of a browser: static files, pages, and procedures, which it passes on to the control server. */
import type { OutgoingHttpHeaders } from "node:http";
import type { Branding } from "@sipprot/shared/branding";
import { WEB_KEY_HEADER } from "@sipprot/shared/web-key";
import { BRANDING_HEADER, type BrandingDesk, LOGO_PATH, writeBrandingHeader } from "./ask-branding.ts";
import type { Answering, Asking } from "./exchange.ts";
import { type PageVisitor, VISITOR_HEADER, writeVisitor } from "./page-visitor.ts";
import { findOtherWay, isFile } from "./page-way.ts";
import { passOn, type Target } from "./pass-on.ts";
import { listHeaders, makeNonce, NOTHING_POLICY, writePolicy } from "./security-headers.ts";
import { answerStatic, STATIC_PATH, type StaticFiles } from "./static-files.ts";

/** Largest body of a call: what the control server reads. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Longest path with its query: what the control server reads. */
const MAX_URL_CHARACTERS = 8192;
/** tRPC's number for a failure that is not the caller's. */
const INTERNAL = -32_603;

/** What the control server is told of a request beyond who sent it; everything else stays here. */
const calledWith = [
  "accept",
  "authorization",
  "content-length",
  "content-type",
  "cookie",
  "last-event-id",
  "origin",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "trpc-accept",
  "user-agent",
  "x-sipprot-client",
  "x-trpc-source",
];
/** What the pages are told. Not `next-action`: no page of ours has one, so nobody's reaches the code that reads them. */
const viewedWith = [
  "accept",
  "accept-encoding",
  "accept-language",
  "cookie",
  "if-modified-since",
  "if-none-match",
  "next-router-prefetch",
  "next-router-segment-prefetch",
  "next-router-state-tree",
  "next-url",
  "rsc",
  "sec-fetch-site",
  "user-agent",
];

export interface FrontParts {
  readonly control: Target;
  readonly pages: Target;
  /** Finds out who looks at a page. Never throws. */
  readonly askVisitor: (headers: Readonly<Record<string, string>>) => Promise<PageVisitor>;
  readonly branding: Pick<BrandingDesk, "read" | "readLogo">;
  readonly webKey: string;
  readonly staticFiles: StaticFiles;
  /** True while the certificate is the operator's. */
  readonly isCertificateTrusted: () => boolean;
  readonly onTrouble: (error: Error, facts: Record<string, unknown>) => void;
}

/** Makes the handler. It never throws: what a browser sends is answered or cut off. */
export function createFront(parts: FrontParts): (asked: Asking, answer: Answering) => void {
  return (asked, answer) => {
    for (const stream of [asked, answer]) stream.on("error", () => answer.destroy());
    for (const [name, value] of Object.entries(listHeaders(parts.isCertificateTrusted())))
      answer.setHeader(name, value);
    const url = asked.url ?? "/";
    const path = url.split("?", 1)[0] ?? "/";
    const isLook = asked.method === "GET" || asked.method === "HEAD";
    if (!url.startsWith("/") || url.startsWith("//")) say(answer, 400, "not a path");
    else if (url.length > MAX_URL_CHARACTERS) say(answer, 414, "the address is too long");
    else if (path.startsWith("/api/trpc/") || path === "/api/openapi.json") call(parts, asked, answer, url);
    else if (path.startsWith("/api/")) say(answer, 404, "there is nothing here");
    else if (!isLook) say(answer, 405, "only GET and HEAD", { allow: "GET, HEAD" });
    else if (path === "/health") say(answer, 200, "well");
    else if (path.startsWith(STATIC_PATH)) {
      const { "accept-encoding": accepted } = asked.headers;
      const isThere = answerStatic(parts.staticFiles, path, accepted, answer, asked.method === "HEAD");
      if (!isThere) say(answer, 404, "there is no such file");
    } else {
      const show = path === LOGO_PATH ? showLogo(parts, asked, answer) : view(parts, asked, answer, url);
      show.catch((error: unknown) => {
        parts.onTrouble(error as Error, { path });
        answer.destroy();
      });
    }
  };
}

/** Where a request was sent to, as browsers know us: name and port. */
export function findHost({ headers }: Asking): string {
  const authority = headers[":authority"];
  return String((Array.isArray(authority) ? authority[0] : authority) ?? headers.host ?? "");
}

function call(parts: FrontParts, asked: Asking, answer: Answering, url: string): void {
  if (Number(asked.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
    refuseLargeBody(answer);
    return;
  }
  passOn(asked, answer, {
    target: parts.control,
    path: url,
    headers: { ...pick(asked, calledWith), ...proveOrigin(parts, asked), host: findHost(asked) },
    maxBodyBytes: MAX_BODY_BYTES,
    onAway: (error) => {
      parts.onTrouble(error, { upstream: "control" });
      refuse(answer, 502, "control-away", "the control server does not answer", {
        remedy: "protection goes on without it; look for the reason with: sipprot doctor",
      });
    },
    onTooLarge: () => refuseLargeBody(answer),
  });
}

/** Shows a page to who may see it; the others are sent where they have to be first. */
async function view(parts: FrontParts, asked: Asking, answer: Answering, url: string): Promise<void> {
  const [path = "/"] = url.split("?", 1);
  const query = url.slice(path.length);
  const proof = proveOrigin(parts, asked);
  const [visitor, branding]: [PageVisitor, Branding | undefined] = isFile(path)
    ? [{ state: "signed-out" }, undefined]
    : await Promise.all([parts.askVisitor(proof), parts.branding.read(proof)]);
  const otherWay = isFile(path) ? undefined : findOtherWay(visitor, path, query);
  if (answer.destroyed) return;
  if (otherWay !== undefined) {
    say(answer, 307, "go on there", { location: otherWay });
    return;
  }
  const nonce = makeNonce();
  const policy = writePolicy(nonce);
  answer.setHeader("content-security-policy", policy);
  passOn(asked, answer, {
    target: parts.pages,
    path: url,
    headers: {
      ...pick(asked, viewedWith),
      host: findHost(asked),
      "x-forwarded-host": findHost(asked),
      "x-forwarded-proto": "https",
      [VISITOR_HEADER]: writeVisitor(visitor),
      ...(branding === undefined ? {} : { [BRANDING_HEADER]: writeBrandingHeader(branding) }),
      // Next.js finds the nonce in the policy, the pages' own code in the header.
      "content-security-policy": policy,
      "x-nonce": nonce,
    },
    maxBodyBytes: 0,
    onAway: (error) => {
      parts.onTrouble(error, { upstream: "pages" });
      say(answer, 502, "the pages do not answer; the log of sipprot-web says why");
    },
    onTooLarge: () => say(answer, 413, "a page takes no body"),
  });
}

/** The customer's logo, to whoever asks: it stands on the sign-in. It is a picture by its own bytes, and nothing else here. */
async function showLogo(parts: FrontParts, asked: Asking, answer: Answering): Promise<void> {
  const logo = await parts.branding.readLogo(proveOrigin(parts, asked));
  if (answer.destroyed) return;
  if (logo === undefined) {
    say(answer, 404, "there is no logo");
    return;
  }
  const bytes = Buffer.from(logo.file, "base64");
  const isVersioned = new URLSearchParams(asked.url?.split("?")[1]).get("v") === logo.version;
  answer.writeHead(200, {
    "content-type": logo.type,
    "content-length": bytes.length,
    "cache-control": isVersioned ? "public, max-age=31536000, immutable" : "no-cache",
    "content-security-policy": NOTHING_POLICY,
  });
  answer.end(asked.method === "HEAD" ? undefined : bytes);
}

/** For whom the control server is asked, and the proof that it is us who ask. */
function proveOrigin({ webKey }: FrontParts, asked: Asking): Record<string, string> {
  return {
    cookie: asked.headers.cookie ?? "",
    "x-forwarded-for": asked.socket.remoteAddress ?? "",
    "x-forwarded-host": findHost(asked),
    [WEB_KEY_HEADER]: webKey,
  };
}

function pick({ headers }: Asking, names: readonly string[]): OutgoingHttpHeaders {
  const picked: OutgoingHttpHeaders = {};
  for (const name of names) if (headers[name] !== undefined) picked[name] = headers[name];
  return picked;
}

function refuseLargeBody(answer: Answering): void {
  refuse(answer, 413, "too-large", "the request is too large", { expected: `at most ${MAX_BODY_BYTES} bytes` });
}

/** In the shape of the control server's own errors, so that pages and programs know one shape. */
function refuse(
  answer: Answering,
  httpStatus: number,
  code: "control-away" | "too-large",
  message: string,
  facts: Readonly<Record<string, string>>,
): void {
  answer.writeHead(httpStatus, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "content-security-policy": NOTHING_POLICY,
  });
  answer.end(JSON.stringify({ error: { code: INTERNAL, message, data: { code, httpStatus, facts } } }));
}

function say(answer: Answering, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  answer.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": NOTHING_POLICY,
    ...headers,
  });
  answer.end(`${text}\n`);
}
