/** The local page for machines: GET /health and GET /metrics, nothing else, small and bounded. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HostPort } from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";
import type { PartHealth } from "@sipprot/shared/host";
import type { Metrics } from "./metrics.ts";

/** Connections at once: a few scrapers and an operator. */
const MAX_CONNECTIONS = 32;
const REQUEST_TIMEOUT_MS = 5000;

export interface HealthAnswer {
  readonly status: "ok" | "degraded" | "failed";
  readonly host: string;
  readonly version: string;
  readonly path: "transparent" | "relay";
  readonly endpoints: readonly string[];
  readonly failOpen: boolean;
  readonly mode: "protect" | "observe";
  readonly startedAtMs: number;
  /** When the workers at work were placed; 0 before the first. */
  readonly placedAtMs: number;
  readonly parts: readonly PartHealth[];
}

/**
 * Listens and answers: /health with 200, or 503 when a part has failed; /metrics in Prometheus' text format.
 *
 * Rejects with `bad-boot-setting` when the address cannot be had: most likely another proxy runs on this host already.
 */
export async function startHealthServer(
  listen: HostPort,
  health: () => HealthAnswer,
  metrics: Metrics,
): Promise<Server> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: 8192 }, (request, response) => {
    answer(request, response, health, metrics).catch(() => response.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.keepAliveTimeout = 1000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(listen, error)));
    server.listen(listen.port, listen.address, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
  server.on("error", () => undefined);
  server.unref();
  return server;
}

function cannotListen({ address, port }: HostPort, cause: Error): SipprotError {
  const value = `${address}:${port}`;
  return new SipprotError(
    "bad-boot-setting",
    `the health page cannot listen at ${value}: ${cause.message}`,
    {
      field: "SIPPROT_HEALTH",
      value,
      expected: "an address of this host and a free port",
      remedy: "stop the other sipprot that runs here (npm stop), or set another SIPPROT_HEALTH",
    },
    cause,
  );
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  health: () => HealthAnswer,
  metrics: Metrics,
): Promise<void> {
  request.resume();
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("X-Content-Type-Options", "nosniff");
  const path = (request.url ?? "").split("?", 1)[0];
  if (request.method !== "GET") respond(response, 405, "text/plain", "only GET\n");
  else if (path === "/health") {
    const now = health();
    respond(response, now.status === "failed" ? 503 : 200, "application/json", `${JSON.stringify(now)}\n`);
  } else if (path === "/metrics") respond(response, 200, metrics.contentType, await metrics.text());
  else respond(response, 404, "text/plain", "there is /health and /metrics\n");
}

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "Content-Type": type });
  response.end(body);
}
