/** The connection to a server: certificates, time limits, the token in the header, and failures that say what is wrong. */
import { Agent, buildConnector, fetch, type RequestInit, Response } from "undici";
import { SipprotClientError } from "./client-error.ts";
import type { CheckedOptions } from "./options.ts";

const CONNECT_WITHIN_MS = 10_000;
/** The server shows life on a quiet stream every 15 s. */
const STREAM_SILENCE_MS = 60_000;

/** Answers of a server that is starting, busy or away: the same request may succeed in a moment. */
const passingStatuses = new Set([429, 500, 502, 503, 504]);

/** What a request is made of, as tRPC and EventSource tell it. */
export interface Request {
  readonly method?: string | undefined;
  readonly headers?: object | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

/** Thrown inside the stream's machinery for what passes by itself. */
export class PassingTrouble extends Error {}

export class Connection {
  readonly #options: CheckedOptions;
  readonly #dispatcher: Agent;

  constructor(options: CheckedOptions) {
    this.#options = options;
    this.#dispatcher = new Agent({
      connect: connectorOf(options),
      headersTimeout: options.timeoutMs,
      bodyTimeout: STREAM_SILENCE_MS,
    });
  }

  /** Sends a call and reads its answer whole, JSON in any case. Throws SipprotClientError, or what aborted it. */
  async call(url: string, request: Request): Promise<Response> {
    const limit = AbortSignal.timeout(this.#options.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
    try {
      const response = await this.#send(url, { ...request, signal });
      return await this.#readJson(response);
    } catch (error) {
      if (request.signal?.aborted) throw error;
      throw this.#explain(error);
    }
  }

  /**
   * Opens a stream. Throws PassingTrouble when the same may succeed in a moment; an answer that is no stream is given as
   * JSON; throws SipprotClientError for what stays.
   */
  async open(url: string, request: Request): Promise<Response> {
    try {
      const response = await this.#send(url, request);
      if (response.status === 200 && response.headers.get("content-type")?.startsWith("text/event-stream")) {
        return response;
      }
      const answer = await this.#readJson(response);
      if (passingStatuses.has(answer.status)) throw new PassingTrouble(`the server answers ${answer.status}`);
      return answer;
    } catch (error) {
      if (request.signal?.aborted || error instanceof PassingTrouble) throw error;
      const failure = this.#explain(error);
      const doesPass = failure.code === "server-unreachable" || failure.code === "timed-out";
      throw doesPass ? new PassingTrouble(failure.message) : failure;
    }
  }

  #send(url: string, { method, headers, body, signal }: Request): Promise<Response> {
    const init: RequestInit = {
      method: method ?? "GET",
      headers: { ...headers, Authorization: `Bearer ${this.#options.token}` },
      // Followed, a redirect would be a way to send what was asked elsewhere.
      redirect: "manual",
      dispatcher: this.#dispatcher,
    };
    if (typeof body === "string") init.body = body;
    if (signal) init.signal = signal;
    return fetch(url, init);
  }

  async #readJson(response: Response): Promise<Response> {
    const { status, headers } = response;
    const text = await response.text();
    if (headers.get("content-type")?.startsWith("application/json")) return new Response(text, { status, headers });
    if (passingStatuses.has(status)) throw new PassingTrouble(`the server answers ${status}`);
    const location = headers.get("location");
    throw new SipprotClientError("not-sipprot", `${this.#origin} answers, but is no control server`, {
      field: "url",
      value: location === null ? `status ${status}` : `sent on to ${location}`.slice(0, 200),
      expected: "the address of a sipprot control server or of its pages",
    });
  }

  get #origin(): string {
    return new URL(this.#options.apiUrl).origin;
  }

  #explain(error: unknown): SipprotClientError {
    const chain = causesOf(error);
    const known = chain.find((one) => one instanceof SipprotClientError);
    if (known !== undefined) return known;
    const reason =
      chain.map(({ code }) => code).find((code) => typeof code === "string") ?? chain.at(-1)?.message ?? "";
    if (/TIMEOUT|TIMEDOUT/.test(reason) || chain[0]?.name === "TimeoutError") {
      const within = `within ${this.#options.timeoutMs} ms`;
      return new SipprotClientError("timed-out", `${this.#origin} did not answer ${within}`, {}, error);
    }
    if (/CERT|UNABLE_TO_|ERR_TLS/.test(reason)) {
      return new SipprotClientError(
        "certificate-not-trusted",
        `the certificate of ${this.#origin} is not trusted (${reason})`,
        { field: "ca", value: reason, remedy: "give the certificate as ca, or its SHA-256 as fingerprint" },
        error,
      );
    }
    return new SipprotClientError(
      "server-unreachable",
      `${this.#origin} cannot be reached (${reason})`,
      { field: "url", value: reason, remedy: "see that the control server runs there and that the way to it is open" },
      error,
    );
  }
}

/** The error, what caused it, and so on: fetch says only that it failed. */
function causesOf(error: unknown): Array<Error & { readonly code?: string }> {
  if (!(error instanceof Error)) return [];
  return [error, ...causesOf(error.cause)];
}

/** Connects by plain HTTP, by HTTPS with the authorities of `ca` or of the system, or to one certificate alone. */
function connectorOf({ ca, fingerprint }: CheckedOptions): buildConnector.connector {
  const timeout = CONNECT_WITHIN_MS;
  if (fingerprint === undefined) return buildConnector(ca === undefined ? { timeout } : { timeout, ca });
  // A resumed session shows no certificate: none is kept.
  const connect = buildConnector({ timeout, rejectUnauthorized: false, maxCachedSessions: 0 });
  return (options, callback) => {
    connect(options, (...outcome) => {
      const [error, socket] = outcome;
      if (error !== null) return callback(error, null);
      const found = "getPeerCertificate" in socket ? socket.getPeerCertificate().fingerprint256 : undefined;
      if (found === fingerprint) return callback(null, socket);
      socket.destroy();
      callback(wrongFingerprint(fingerprint, found), null);
    });
  };
}

function wrongFingerprint(expected: string, found: string | undefined): SipprotClientError {
  return new SipprotClientError("certificate-not-trusted", "the server's certificate has another fingerprint", {
    field: "fingerprint",
    expected,
    value: found ?? "none",
    remedy: "read the fingerprint on the server itself; if that is another one, somebody is in between",
  });
}
