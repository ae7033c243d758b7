/** Everything that is known of one address: lists, blocks now and before, strikes, and what happened lately. */
import { isIPv6, networkContains, SOURCE_PREFIX_BITS_IPV6, sourceOf, splitNetwork } from "@sipprot/shared/address";
import { type Block, blockKey } from "@sipprot/shared/block";
import type { Explanation, RefusedAccount } from "@sipprot/shared/block-page";
import type { SipEvent } from "@sipprot/shared/event";
import type { Settings } from "@sipprot/shared/settings";
import { readBlocks, readBlocksByKey } from "@sipprot/shared/store/block-store";
import { readLogReach, timeOfBatch } from "@sipprot/shared/store/event-store";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { readSourceHistory } from "@sipprot/shared/store/source-history";
import type { Redis } from "ioredis";
import { describeBlock } from "./block-pages.ts";
import type { Countries } from "./country.ts";
import { searchBatches } from "./event-search.ts";
import { checkLists, type Findings } from "./lists.ts";
import { findSourceChanges } from "./source-changes.ts";

/** Events told of one address. */
const MAX_EVENTS = 200;
/** Blocks told of the sources inside one network. */
const MAX_INNER_BLOCKS = 50;
/** Longest search through the events. */
const SEARCH_WITHIN_MS = 1000;

/** Explains an address or network as typed. Throws `bad-network`. */
export async function explainAddress(
  redis: Redis,
  countries: Countries,
  text: string,
  nowMs: number,
): Promise<Explanation> {
  const findings = await checkLists(redis, text, nowMs);
  const address = findings.canonical;
  const source = address.includes("/") ? address : sourceOf(address);
  const [history, lately, reach, changes, { settings }, inner] = await Promise.all([
    readSourceHistory(redis, source),
    findEvents(redis, address),
    readLogReach(redis),
    findSourceChanges(redis, address, source),
    readSettings(redis),
    findInnerBlocks(redis, address, nowMs),
  ]);
  const place = countries.find(address);
  return {
    ...reach,
    address,
    source,
    place,
    verdict: judge(findings, !isWide(address) && isCountryRefused(place.code, settings)),
    isObserving: settings.mode === "observe",
    allow: [...findings.allow],
    deny: [...findings.deny],
    blocks: [...findings.blocks, ...inner].map((block) => ({
      ...describeBlock(block, countries, nowMs),
      evidence: block.evidence,
    })),
    accounts: listAccounts(findings.blocks, lately.events),
    strikes: history.strikes,
    ...(history.lastStrikeAtMs === undefined ? {} : { lastStrikeAtMs: history.lastStrikeAtMs }),
    ...(history.liftedAtMs === undefined ? {} : { liftedAtMs: history.liftedAtMs }),
    ...lately,
    changes,
  };
}

/** In the order of the gates: allow beats deny beats block beats country. */
function judge({ allow, deny, blocks }: Findings, isFromRefusedCountry: boolean): Explanation["verdict"] {
  if (allow.length > 0) return "allowed";
  if (deny.length > 0) return "denied";
  if (blocks.some((block) => block.account === undefined)) return "blocked";
  if (isFromRefusedCountry) return "country-refused";
  return blocks.length > 0 ? "account-blocked" : "judged-by-message";
}

/** As the gate does: an address in no known country passes in both modes. */
function isCountryRefused(country: string, { geoMode, geoCountries }: Settings): boolean {
  if (geoMode === "off" || country === "") return false;
  return geoCountries.includes(country) === (geoMode === "deny");
}

/** True for a network that holds more than one source. */
function isWide(canonical: string): boolean {
  const { address, prefixBits } = splitNetwork(canonical);
  return prefixBits < (isIPv6(address) ? SOURCE_PREFIX_BITS_IPV6 : 32);
}

/** The blocks of sources inside a network, those that last longest first. */
async function findInnerBlocks(redis: Redis, network: string, nowMs: number): Promise<Block[]> {
  if (!isWide(network)) return [];
  const inside: Block[] = [];
  for await (const portion of readBlocks(redis)) {
    for (const block of portion) {
      const isInner = block.source !== network && networkContains(network, block.source);
      if (isInner && block.untilMs > nowMs) inside.push(block);
    }
  }
  inside.sort((one, other) => other.untilMs - one.untilMs);
  return readBlocksByKey(redis, inside.slice(0, MAX_INNER_BLOCKS).map(blockKey));
}

/** Each account that is refused there alone; the events say which of them is a phone with an old password. */
function listAccounts(blocks: readonly Block[], events: readonly SipEvent[]): RefusedAccount[] {
  const stuck = new Set(events.filter(({ kind }) => kind === "stuck-phone").map(({ account }) => account));
  return blocks.flatMap(({ account, untilMs, agent }) =>
    account === undefined ? [] : [{ account, untilMs, agent, isStuckPhone: stuck.has(account) }],
  );
}

/** The newest events of an address, its source, or the addresses inside it; as far back as a second of reading goes. */
async function findEvents(redis: Redis, address: string): Promise<Pick<Explanation, "events" | "eventsSinceMs">> {
  const endMs = performance.now() + SEARCH_WITHIN_MS;
  const events: SipEvent[] = [];
  const stretch = { filter: { only: { networks: [address] } }, fromMs: 0, toMs: undefined };
  for await (const { id, found } of searchBatches(redis, stretch)) {
    for (const { event } of found) events.push(event);
    if (events.length >= MAX_EVENTS || performance.now() > endMs) {
      return { events: sortNewestFirst(events), eventsSinceMs: timeOfBatch(id) };
    }
  }
  return { events: sortNewestFirst(events), eventsSinceMs: 0 };
}

function sortNewestFirst(events: readonly SipEvent[]): SipEvent[] {
  return [...events].sort((one, other) => other.atMs - one.atMs).slice(0, MAX_EVENTS);
}
