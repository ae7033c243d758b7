/** Fetches a feed: bounded in size and time, few redirects, none into private networks. */
import { lookup as resolveName } from "node:dns";
import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { parseAddress } from "@sipprot/shared/address";
import { badFeed } from "./feed-text.ts";
import { findSpecialNetwork } from "./special-networks.ts";

/** Five times the largest public lists. */
export const MAX_FEED_BYTES = 20 * 1024 * 1024;
/** All of it, redirects included. */
export const FETCH_DEADLINE_MS = 60_000;
const MAX_REDIRECTS = 5;

export interface FetchLimits {
  readonly maxBytes: number;
  readonly deadlineMs: number;
  /** Whether a redirect may lead to this canonical address. */
  readonly mayRedirectTo: (address: string) => boolean;
}

export const defaultFetchLimits: FetchLimits = {
  maxBytes: MAX_FEED_BYTES,
  deadlineMs: FETCH_DEADLINE_MS,
  mayRedirectTo: (address) => findSpecialNetwork(address) === undefined,
};

/** What the server said of the version it gave, to be asked for news only. */
export interface FeedVersion {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface FetchedFeed extends FeedVersion {
  readonly text: string;
}

/**
 * Fetches a feed; undefined when it has not changed since that version. The address itself may be private (a mirror of
 * one's own); a redirect may not lead there, nor from https to http. Throws `bad-feed`.
 */
export async function fetchFeed(
  address: string,
  version: FeedVersion,
  limits: FetchLimits = defaultFetchLimits,
): Promise<FetchedFeed | undefined> {
  const signal = AbortSignal.timeout(limits.deadlineMs);
  try {
    let url = new URL(address);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await ask(url, version, redirects > 0, limits, signal);
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) return { text: await readText(response, limits.maxBytes), ...versionOf(response) };
      response.destroy();
      if (statusCode === 304) return undefined;
      if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) {
        const said = `${statusCode} ${response.statusMessage?.slice(0, 100) ?? ""}`.trim();
        throw badFeed(`the server answered ${said}`, { kind: "answer", value: said });
      }
      url = follow(url, headers.location);
    }
    throw badFeed(`it was redirected more than ${MAX_REDIRECTS} times`, {
      kind: "redirected-too-often",
      value: String(MAX_REDIRECTS),
    });
  } catch (error) {
    const seconds = limits.deadlineMs / 1000;
    if (signal.aborted) {
      throw badFeed(`the server did not finish within ${seconds} s`, { kind: "late", value: String(seconds) }, error);
    }
    if (error instanceof Error && error.name !== "SipprotError") {
      throw badFeed(error.message.slice(0, 300), { kind: "unreachable", value: error.message }, error);
    }
    throw error;
  }
}

function follow(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) {
    throw badFeed("it was redirected to what is no address", { kind: "redirected-nowhere", value: location });
  }
  const to = new URL(location, from.href);
  if (to.protocol !== "https:" && (to.protocol !== "http:" || from.protocol === "https:")) {
    throw badFeed(`it was redirected from ${from.protocol} to ${to.protocol}`, {
      kind: "redirected-unsafe",
      value: to.protocol,
    });
  }
  return to;
}

function ask(
  url: URL,
  version: FeedVersion,
  isRedirected: boolean,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    signal,
    headers: {
      "user-agent": "sipprot",
      // What is compressed could be a thousand times as large as it looks.
      "accept-encoding": "identity",
      ...(version.etag === undefined ? {} : { "if-none-match": version.etag }),
      ...(version.lastModified === undefined ? {} : { "if-modified-since": version.lastModified }),
    },
    agent: false,
  };
  if (isRedirected) {
    // An address in the URL is not looked up, so it is checked here; a name is checked as it is looked up and used.
    const literal = parseAddress(url.hostname.replace(/^\[|\]$/g, ""));
    if (literal !== undefined && !limits.mayRedirectTo(literal)) throw redirectedInside(literal);
    options.lookup = (name, lookupOptions, done) => {
      resolveName(name, { ...lookupOptions, all: true }, (error, found) => {
        if (error !== null) return done(error, "", 0);
        const inside = found.find((one) => !limits.mayRedirectTo(parseAddress(one.address) ?? "::"));
        if (inside !== undefined) return done(redirectedInside(inside.address), "", 0);
        const first = found[0];
        if (lookupOptions.all || first === undefined) return done(null, found);
        return done(null, first.address, first.family);
      });
    };
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, options, resolve);
    request.on("error", reject);
    request.end();
  });
}

function redirectedInside(address: string): Error {
  return badFeed(`it was redirected to ${address}, which is private or reserved`, {
    kind: "redirected-inside",
    value: address,
  });
}

async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  const { "content-encoding": encoding = "identity", "content-length": length } = response.headers;
  if (encoding !== "identity") {
    response.destroy();
    const value = encoding.slice(0, 40);
    throw badFeed(`it came as ${value}, which was not asked for`, { kind: "compressed", value });
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      response.destroy();
      throw badFeed(`it has more than ${maxBytes} bytes`, { kind: "too-large", value: String(maxBytes) });
    }
    chunks.push(chunk);
  }
  if (length !== undefined && Number(length) !== bytes) {
    throw badFeed("it was cut off on the way", { kind: "cut-off", value: String(bytes) });
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Kept only where it is short enough to be sent back. */
function versionOf({ headers }: IncomingMessage): FeedVersion {
  const { etag, "last-modified": lastModified } = headers;
  return {
    ...(etag !== undefined && etag.length <= 200 ? { etag } : {}),
    ...(lastModified !== undefined && lastModified.length <= 100 ? { lastModified } : {}),
  };
}
