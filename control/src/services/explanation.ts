/** Everything that is known of one address: lists, blocks now and before, strikes, and what happened lately. */
import { networkContains, sourceOf } from "@sipprot/shared/address";
import type { Explanation } from "@sipprot/shared/block-page";
import type { SipEvent } from "@sipprot/shared/event";
import { readEvents } from "@sipprot/shared/store/event-store";
import { readSourceHistory } from "@sipprot/shared/store/source-history";
import type { Redis } from "ioredis";
import { describeBlock } from "./block-pages.ts";
import type { Countries } from "./country.ts";
import { checkLists, type Findings } from "./lists.ts";

/** Events told of one address. */
const MAX_EVENTS = 200;
/** Event batches read at a time. */
const PORTION = 100;
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
  const [history, lately] = await Promise.all([readSourceHistory(redis, source), findEvents(redis, address, source)]);
  return {
    address,
    source,
    place: countries.find(address),
    verdict: judge(findings),
    allow: [...findings.allow],
    deny: [...findings.deny],
    blocks: findings.blocks.map((block) => ({
      ...describeBlock(block, countries, nowMs),
      evidence: block.evidence,
    })),
    strikes: history.strikes,
    ...(history.lastStrikeAtMs === undefined ? {} : { lastStrikeAtMs: history.lastStrikeAtMs }),
    ...(history.liftedAtMs === undefined ? {} : { liftedAtMs: history.liftedAtMs }),
    ...lately,
  };
}

/** Allow beats deny beats block. */
function judge({ allow, deny, blocks }: Findings): Explanation["verdict"] {
  if (allow.length > 0) return "allowed";
  if (deny.length > 0) return "denied";
  if (blocks.some((block) => block.account === undefined)) return "blocked";
  return blocks.length > 0 ? "account-blocked" : "judged-by-message";
}

/** The newest events of an address, its source, or the addresses inside it; as far back as a second of reading goes. */
async function findEvents(
  redis: Redis,
  address: string,
  source: string,
): Promise<Pick<Explanation, "events" | "eventsSinceMs">> {
  const giveUpAtMs = Date.now() + SEARCH_WITHIN_MS;
  const events: SipEvent[] = [];
  let before: string | undefined;
  let eventsSinceMs = 0;
  while (events.length < MAX_EVENTS && Date.now() < giveUpAtMs) {
    const batches = await readEvents(redis, PORTION, before);
    const last = batches.at(-1);
    if (last === undefined) return { events: sortNewestFirst(events), eventsSinceMs: 0 };
    for (const batch of batches) events.push(...batch.events.filter((event) => concerns(event, address, source)));
    before = last.id;
    eventsSinceMs = Number(last.id.split("-")[0]);
  }
  return { events: sortNewestFirst(events), eventsSinceMs };
}

function concerns(event: SipEvent, address: string, source: string): boolean {
  if (event.source === address || event.source === source) return true;
  return address.includes("/") && /^[0-9a-f.:/]+$/.test(event.source) && networkContains(address, event.source);
}

function sortNewestFirst(events: readonly SipEvent[]): SipEvent[] {
  return [...events].sort((one, other) => other.atMs - one.atMs).slice(0, MAX_EVENTS);
}
