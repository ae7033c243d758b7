/** The HTTP server: limits first, then who calls, then the procedures. Only /api/trpc and its description, only JSON. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { sourceOf } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";
import { TRPCError } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Caller, Context, Services } from "./api/context.ts";
import { toTransportError } from "./api/error-shape.ts";
import { describeProcedures } from "./api/openapi/document.ts";
import { API_PATH, guardRequest, readSessionSecret, writeSessionCookie } from "./api/request-guard.ts";
import { findOrigin } from "./api/request-origin.ts";
import { RequestRate } from "./api/request-rate.ts";
import { appRouter } from "./api/root.ts";
import type { Proof } from "./services/identify.ts";
import { version } from "./version.ts";

/** Where the procedures are described, for everybody: it is the same in every installation. */
const OPENAPI_PATH = "/api/openapi.json";
/** Largest body: a thousand list entries with their notes. Files come by other ways. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** Most calls in one request. */
const MAX_BATCH = 20;
const MAX_HEADER_BYTES = 16 * 1024;
/** A request must have come whole within this: slow senders hold no connection. */
const REQUEST_WITHIN_MS = 30_000;
const HEADERS_WITHIN_MS = 10_000;
/** An idle connection is kept this long for the next request; longer than a page's refresh. */
const KEEP_ALIVE_MS = 65_000;
/** Connections at once; each costs some 50 KiB. */
const MAX_CONNECTIONS = 1000;
/** JSON-RPC's number for a request that is not accepted. */
const NOT_ACCEPTED = -32_600;

export interface ServerParts {
  readonly services: Services;
  readonly identify: (proof: Proof, nowMs: number) => Promise<Caller | undefined>;
  /** What the web server proves itself with. */
  readonly webKey: string;
  readonly nowMs: () => number;
  readonly onTrouble: Context["onTrouble"];
}

/** Makes the server; the caller lets it listen. */
export function createControlServer(parts: ServerParts): Server {
  const rate = new RequestRate();
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: REQUEST_WITHIN_MS,
      headersTimeout: HEADERS_WITHIN_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5000,
    },
    (request, response) => {
      answer(parts, rate, request, response).catch((error: unknown) => {
        parts.onTrouble(error, { url: request.url?.split("?")[0] });
        response.destroy();
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

async function answer(
  parts: ServerParts,
  rate: RequestRate,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  const nowMs = parts.nowMs();
  const path = decodePath(request.url ?? "");
  let address: string;
  try {
    const origin = findOrigin(request.socket.remoteAddress, request.headers, parts.webKey);
    address = origin.address;
    takeRate(rate, address, path, nowMs);
    if (request.url === OPENAPI_PATH && request.method === "GET") return sendDescription(response);
    guardRequest({ method: request.method, url: request.url, headers: request.headers, host: origin.host });
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
      throw new SipprotError("too-large", "the request is too large", { expected: `at most ${MAX_BODY_BYTES} bytes` });
    }
  } catch (error) {
    if (!(error instanceof SipprotError)) throw error;
    refuse(response, error);
    return;
  }
  await nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path,
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: MAX_BATCH,
    createContext: () => openContext(parts, request, response, address),
  });
}

let description: string | undefined;

function sendDescription(response: ServerResponse): void {
  description ??= JSON.stringify(describeProcedures(version));
  response.writeHead(200, { "Content-Type": "application/json" });
  response.end(description);
}

/** A batch counts as the calls it holds. */
function takeRate(rate: RequestRate, address: string, path: string, nowMs: number): void {
  const waitMs = rate.take(sourceOf(address), Math.min(MAX_BATCH, path.split(",").length), nowMs);
  if (waitMs === 0) return;
  throw new SipprotError("too-many-requests", "too many requests from this address", {
    waitMs,
    remedy: `try again in ${Math.ceil(waitMs / 1000)} s`,
  });
}

/** The procedures of an address, without /api/trpc; empty for what cannot be decoded, which no procedure is called. */
function decodePath(url: string): string {
  try {
    return decodeURIComponent(url.split("?")[0]?.slice(API_PATH.length + 1) ?? "");
  } catch {
    return "";
  }
}

async function openContext(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
): Promise<Context> {
  const { headers } = request;
  const proof: Proof = { authorization: headers.authorization, sessionSecret: readSessionSecret(headers) };
  try {
    return {
      caller: await parts.identify(proof, parts.nowMs()),
      address,
      agent: (headers["user-agent"] ?? "").slice(0, 256),
      cookies: {
        set: (secret, endsAtMs) => {
          const seconds = Math.floor((endsAtMs - parts.nowMs()) / 1000);
          response.setHeader("Set-Cookie", writeSessionCookie(secret, seconds));
        },
        clear: () => {
          response.setHeader("Set-Cookie", writeSessionCookie("", 0));
        },
      },
      services: parts.services,
      nowMs: parts.nowMs,
      onTrouble: parts.onTrouble,
    };
  } catch (error) {
    const trouble = toTransportError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }));
    if (trouble.code === "INTERNAL_SERVER_ERROR") parts.onTrouble(error, { while: "identifying the caller" });
    throw trouble;
  }
}

/** Answers in the shape of every other error, and reads no more of the request. */
function refuse(response: ServerResponse, error: SipprotError): void {
  const transport = toTransportError(new TRPCError({ code: "BAD_REQUEST", cause: error }));
  const httpStatus = getHTTPStatusCodeFromError(transport);
  const data = { code: error.code, httpStatus, facts: error.facts };
  response.writeHead(httpStatus, { "Content-Type": "application/json", Connection: "close" });
  response.end(JSON.stringify({ error: { code: NOT_ACCEPTED, message: error.message, data } }));
}
