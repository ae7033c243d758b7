/** Reads a feed: one network a line, comments and other columns left out. */
import { isIPv6, parseNetwork, splitNetwork } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";
import { type FeedBadLine, type FeedFailure, MAX_BAD_LINE_CHARACTERS, MAX_BAD_LINES_SHOWN } from "@sipprot/shared/feed";
import { MAX_FEED_ENTRIES } from "@sipprot/shared/redis-keys";
import { walkGently } from "../gentle-walk.ts";
import { findSpecialNetwork } from "./special-networks.ts";

/** A line longer than this is no line of a list. */
const MAX_LINE_CHARACTERS = 1000;
/** A network wider than this is a mistake of the feed: it would deny whole continents. */
const WIDEST_IPV4_BITS = 8;
const WIDEST_IPV6_BITS = 19;

export interface FeedText {
  /** Canonical, each once. */
  readonly networks: ReadonlySet<string>;
  readonly badLines: number;
  readonly firstBadLines: readonly FeedBadLine[];
}

/**
 * Reads a feed, while others have their turns. Lines that are no network are counted; headings are among them.
 *
 * Throws `bad-feed` for what must not be taken at all: nothing in it, more bad lines than good ones (a web page), too
 * many networks, one too wide, or one that is private or reserved.
 */
export async function readFeedText(text: string, column: number): Promise<FeedText> {
  const networks = new Set<string>();
  let badLines = 0;
  const firstBadLines: FeedBadLine[] = [];
  let number = 0;
  await walkGently(linesOf(text), (line) => {
    number += 1;
    const cell = cellOf(line, column);
    if (cell === undefined) return;
    const network = cell === "" || line.length > MAX_LINE_CHARACTERS ? undefined : readNetwork(cell);
    if (network === undefined) {
      badLines += 1;
      if (firstBadLines.length < MAX_BAD_LINES_SHOWN) {
        firstBadLines.push({ line: number, text: line.trim().slice(0, MAX_BAD_LINE_CHARACTERS) });
      }
    } else {
      checkNetwork(network);
      networks.add(network);
      if (networks.size > MAX_FEED_ENTRIES) {
        throw badFeed(`it has more than ${MAX_FEED_ENTRIES} networks`, {
          kind: "too-many",
          value: String(MAX_FEED_ENTRIES),
        });
      }
    }
  });
  if (networks.size === 0) throw badFeed("there is no network in it", { kind: "empty", value: "" });
  if (badLines > networks.size) {
    throw badFeed(`it is no list of networks: ${badLines} lines are none`, {
      kind: "no-list",
      value: String(badLines),
    });
  }
  return { networks, badLines, firstBadLines };
}

/** A feed that was not taken as a whole, and why. */
export class FeedRefused extends SipprotError {
  readonly failure: FeedFailure;

  constructor(why: string, failure: FeedFailure, cause?: unknown) {
    super(
      "bad-feed",
      `the feed was not taken: ${why}`.slice(0, 500),
      { field: "url", remedy: "the last good copy stays in force; correct the feed, or unsubscribe" },
      cause,
    );
    this.failure = { kind: failure.kind, value: failure.value.slice(0, 300) };
  }
}

/** What is wrong with a feed as a whole. */
export function badFeed(why: string, failure: FeedFailure, cause?: unknown): FeedRefused {
  return new FeedRefused(why, failure, cause);
}

function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    yield text.slice(start, end);
    start = end + 1;
  }
}

/** The cell with the network; undefined for an empty line or a comment. Only the beginning of a line is looked at. */
function cellOf(line: string, column: number): string | undefined {
  const text = line
    .slice(0, MAX_LINE_CHARACTERS)
    .replace(/^\uFEFF/, "")
    .replace(/(#|\/\/).*$/, "")
    .trim();
  if (text === "" || text.startsWith(";")) return undefined;
  const cells = text.split(/[,;|\t]|\s+/);
  return (cells[column - 1] ?? "").replace(/^["']|["']$/g, "");
}

function readNetwork(cell: string): string | undefined {
  if (cell.length > 64) return undefined;
  try {
    return parseNetwork(cell);
  } catch (error) {
    if (error instanceof SipprotError) return undefined;
    throw error;
  }
}

function checkNetwork(network: string): void {
  const { address, prefixBits } = splitNetwork(network);
  if (prefixBits < (isIPv6(address) ? WIDEST_IPV6_BITS : WIDEST_IPV4_BITS)) {
    throw badFeed(`${network} is too wide`, { kind: "too-wide", value: network });
  }
  const special = findSpecialNetwork(network);
  if (special === undefined) return;
  throw badFeed(`${network} is part of ${special}, which is private or reserved`, { kind: "reserved", value: network });
}
