/** Passes one request on to a server of ours and its answer back as it comes: nothing is kept, a stream stays a stream. */
import { type OutgoingHttpHeaders, request as openRequest } from "node:http";
import { pipeline } from "node:stream";
import type { Answering, Asking } from "./exchange.ts";

/** Headers that belong to one connection (RFC 9110 7.6.1) and must not be passed on. */
const ofTheConnection = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
/** A server of ours that says nothing for this long is hung; streams say something every 15 s. */
const SILENT_AFTER_MS = 120_000;

/** Where a request goes: a Unix socket, or an address. */
export type Target = { readonly socketPath: string } | { readonly host: string; readonly port: number };

export interface Passage {
  readonly target: Target;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** Bytes of a body; one more ends the request. */
  readonly maxBodyBytes: number;
  /** Answers in place of a server that is away. Not called when its answer has begun: that is cut off. */
  readonly onAway: (error: Error) => void;
  /** Answers a body that is too long. */
  readonly onTooLarge: () => void;
}

/** Passes it on. When whoever asked goes away, the server of ours is told by the end of its connection. */
export function passOn(asked: Asking, answer: Answering, passage: Passage): void {
  // A connection for each: one that is kept may be closed at the other end at the moment it is used again.
  const onward = openRequest({
    ...passage.target,
    method: asked.method,
    path: passage.path,
    headers: passage.headers,
    agent: false,
    timeout: SILENT_AFTER_MS,
  });
  let isDecided = false;
  const decide = (answerIt: () => void) => {
    if (isDecided) return;
    isDecided = true;
    if (answer.headersSent) answer.destroy();
    else answerIt();
  };
  onward.on("response", (came) => {
    if (isDecided) {
      came.destroy();
      return;
    }
    isDecided = true;
    const headers = Object.entries(came.headers).filter(([name]) => !ofTheConnection.has(name));
    answer.writeHead(came.statusCode ?? 502, Object.fromEntries(headers));
    answer.flushHeaders?.();
    pipeline(came, answer, () => {});
  });
  onward.on("timeout", () => onward.destroy(new Error(`it said nothing for ${SILENT_AFTER_MS / 1000} s`)));
  onward.on("error", (error) => decide(() => passage.onAway(error)));
  answer.on("close", () => onward.destroy());

  let bodyBytes = 0;
  asked.on("data", (bytes: Buffer) => {
    bodyBytes += bytes.length;
    if (bodyBytes <= passage.maxBodyBytes) return;
    decide(passage.onTooLarge);
    asked.unpipe(onward);
    onward.destroy();
  });
  asked.on("error", () => onward.destroy());
  asked.pipe(onward);
}
