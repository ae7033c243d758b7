/** One port for both: HTTPS is served, and plain HTTP is told where HTTPS is. The first byte says which it is. */
import { once } from "node:events";
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, type ServerHttp2Session } from "node:http2";
import { createServer as createPortServer, type Socket } from "node:net";
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { KeyPair } from "./certificate.ts";
import { ConnectionLimits } from "./connection-limits.ts";
import type { Answering, Asking } from "./exchange.ts";

/** The first byte of a TLS handshake (RFC 8446 5.1). */
const TLS_HANDSHAKE = 22;
/** The first byte, and the handshake, must come within this. */
const HELLO_WITHIN_MS = 10_000;
const HEADERS_WITHIN_MS = 10_000;
/** A request must have come whole within this: slow senders hold no connection. */
const REQUEST_WITHIN_MS = 30_000;
/** An idle connection is kept this long: longer than a page's refresh is apart. Live streams say something every 15 s. */
const IDLE_MS = 330_000;
const MAX_HEADER_BYTES = 16 * 1024;
/** Requests at once on one HTTP/2 connection: a page asks for some 30 files and calls. */
const MAX_STREAMS = 100;
/** Open requests may end in this time after the order to stop. */
const STOP_WITHIN_MS = 2000;

export interface Listener {
  readonly listen: (place: HostPort) => Promise<void>;
  /** Serves another certificate from the next connection on. */
  readonly setCertificate: (pair: KeyPair) => void;
  /** Takes no more connections, lets open requests end, then cuts off. */
  readonly stop: () => Promise<void>;
}

/** Makes the listener; requests go to `handle`. */
export function createListener(pair: KeyPair, handle: (asked: Asking, answer: Answering) => void): Listener {
  const limits = new ConnectionLimits();
  const sessions = new Set<ServerHttp2Session>();
  const secure = createSecureServer(
    {
      cert: pair.certificate,
      key: pair.key,
      allowHTTP1: true,
      minVersion: "TLSv1.2",
      handshakeTimeout: HELLO_WITHIN_MS,
      settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: MAX_HEADER_BYTES, enablePush: false },
      maxHeaderListPairs: 100,
      maxSessionInvalidFrames: 100,
      maxSessionRejectedStreams: 100,
    },
    (asked, answer) => handle(asked, answer),
  );
  // For those who speak HTTP/1.1; Node's types do not know that it has these here too.
  Object.assign(secure, { headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS });
  secure.setTimeout(IDLE_MS);
  secure.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => session.destroy());
  });
  secure.on("sessionError", () => {});
  secure.on("tlsClientError", (_error, socket) => socket.destroy());
  secure.on("secureConnection", (socket) => socket.on("error", () => socket.destroy()));

  const plain = createPlainServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: REQUEST_WITHIN_MS,
    },
    redirect,
  );

  const port = createPortServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    if (!limits.admit(socket)) return;
    readFirstByte(socket, (byte) => (byte === TLS_HANDSHAKE ? secure : plain).emit("connection", socket));
  });

  return {
    listen: async ({ address, port: number }) => {
      port.listen(number, address);
      await once(port, "listening");
    },
    setCertificate: ({ certificate, key }) =>
      secure.setSecureContext({ cert: certificate, key, minVersion: "TLSv1.2" }),
    stop: async () => {
      const closed = new Promise<void>((resolve) => port.close(() => resolve()));
      for (const session of sessions) session.close();
      plain.closeIdleConnections();
      const cut = setTimeout(() => limits.cutAll(), STOP_WITHIN_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** Looks at the first byte and puts it back. Who sends none in time is cut off. */
function readFirstByte(socket: Socket, tell: (byte: number) => void): void {
  const timer = setTimeout(() => socket.destroy(), HELLO_WITHIN_MS);
  socket.on("close", () => clearTimeout(timer));
  const look = () => {
    const bytes: Buffer | null = socket.read();
    if (bytes === null) return;
    clearTimeout(timer);
    socket.removeListener("readable", look);
    socket.unshift(bytes);
    tell(bytes[0] ?? 0);
  };
  socket.on("readable", look);
}

/** The same address by HTTPS. A Host header that is no host is not repeated. */
function redirect(asked: IncomingMessage, answer: ServerResponse): void {
  const host = asked.headers.host ?? "";
  const path = asked.url?.startsWith("/") === true ? asked.url : "/";
  if (!/^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?$/.test(host)) {
    answer.writeHead(400, { "content-type": "text/plain", connection: "close" });
    answer.end("HTTPS is spoken here\n");
    return;
  }
  answer.writeHead(308, { location: `https://${host}${path}`, connection: "close", "cache-control": "no-store" });
  answer.end();
}
