/** What a rule made of a view of the log would do, whom it would meet, and what speaks against it; nothing is changed here. */
import type { SipEvent } from "@sipprot/shared/event";
import type { EventFilter } from "@sipprot/shared/event-filter";
import {
  MAX_NAMED_PHONES,
  MAX_RULE_SOURCES,
  type RuleInput,
  type RuleOffer,
  type RuleSource,
} from "@sipprot/shared/event-log";
import type { RegisteredSource } from "@sipprot/shared/registered-source";
import type { Settings } from "@sipprot/shared/settings";
import { DenyGuard, type GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { timeOfBatch } from "@sipprot/shared/store/event-store";
import { readHosts } from "@sipprot/shared/store/host-store";
import { findListEntries } from "@sipprot/shared/store/list-store";
import { readRegistered } from "@sipprot/shared/store/registered-store";
import { readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { searchBatches } from "./event-search.ts";
import type { StoreMirror } from "./store-mirror.ts";

/** Longest search; what was not reached is told. */
const SEARCH_WITHIN_MS = 1500;
/** Sources counted at once; a forger can make up as many as there are addresses. */
const MAX_COUNTED = 20_000;
/** A beginning shorter than this fits half of all agents. */
const SHORT_AGENT = 4;

interface Counted {
  messages: number;
  lastMs: number;
  country: string;
  hasPhones: boolean;
}

/** Offers a rule. `guarded` must never be denied; the caller's own address is among them. */
export async function offerRule(
  redis: Redis,
  mirror: StoreMirror,
  { rule, filter, fromMs, toMs }: RuleInput,
  callerAddress: string,
  guarded: readonly GuardedNetwork[],
): Promise<RuleOffer> {
  const met: EventFilter =
    rule.kind === "deny-sources"
      ? filter
      : { only: rule.kind === "block-agent" ? { agents: [rule.agent] } : { countries: [rule.country] } };
  const begin = rule.kind === "block-agent" ? rule.agent.toLowerCase() : "";
  const meets = ({ agent }: SipEvent) => agent.toLowerCase().startsWith(begin);
  const { bySource, messages, sinceMs, isWhole } = await countSources(redis, { filter: met, fromMs, toMs }, meets);
  const registered = await readRegistered(redis);
  for (const source of registered.keys()) {
    const counted = bySource.get(source);
    if (counted !== undefined) counted.hasPhones = true;
  }
  for (const block of mirror.copy.blocks.values()) {
    // One account is refused instead of the address: others there are in good standing.
    const counted = block.account === undefined ? undefined : bySource.get(block.source);
    if (counted !== undefined) counted.hasPhones = true;
  }
  const busiest = [...bySource].sort(([, one], [, other]) => other.messages - one.messages).slice(0, MAX_RULE_SOURCES);
  const guard = new DenyGuard(guarded, await readHosts(redis));
  const sources = await Promise.all(busiest.map(([source, counted]) => describe(redis, guard, source, counted)));
  const { settings } = await readSettings(redis);
  const dangers: RuleOffer["dangers"] = [];
  const isMet = ([source, { agents }]: readonly [string, RegisteredSource]) => {
    if (rule.kind === "deny-sources") return bySource.has(source);
    if (rule.kind === "block-agent") return agents.some((agent) => agent.toLowerCase().startsWith(begin));
    return mirror.countries.findCode(source) === rule.country;
  };
  const phones = await countPhones(redis, [...registered].filter(isMet));
  if (phones.sources > 0 || sources.some(({ standing }) => standing === "has-phones")) dangers.push("phones");
  const patch = patchOf(rule, settings, dangers);
  if (rule.kind === "deny-country") {
    const isAllowed = async () => (await findListEntries(redis, "allow", callerAddress)).length > 0;
    if (mirror.countries.findCode(callerAddress) === rule.country && !(await isAllowed())) dangers.push("your-country");
    if (settings.geoWholeHost) dangers.push("whole-host");
  }
  return {
    sources,
    sourcesTotal: bySource.size,
    messages,
    sinceMs,
    isWhole,
    ...(patch === undefined ? {} : { patch }),
    dangers,
    phones,
  };
}

/** Those on the allowlist are let through whatever the rule says. */
async function countPhones(
  redis: Redis,
  met: readonly (readonly [string, RegisteredSource])[],
): Promise<RuleOffer["phones"]> {
  const phones = { sources: 0, accounts: 0, named: [] as string[] };
  for (const [source, { accountCount }] of met) {
    if ((await findListEntries(redis, "allow", source)).length > 0) continue;
    phones.sources += 1;
    phones.accounts += accountCount;
    if (phones.named.length < MAX_NAMED_PHONES) phones.named.push(source);
  }
  return phones;
}

async function countSources(
  redis: Redis,
  stretch: { readonly filter: EventFilter; readonly fromMs: number; readonly toMs: number | undefined },
  meets: (event: SipEvent) => boolean,
) {
  const endMs = performance.now() + SEARCH_WITHIN_MS;
  const bySource = new Map<string, Counted>();
  let messages = 0;
  for await (const { id, found } of searchBatches(redis, stretch)) {
    for (const { event } of found) {
      if (!meets(event)) continue;
      messages += event.count;
      count(bySource, event);
    }
    if (performance.now() > endMs || bySource.size > MAX_COUNTED) {
      return { bySource, messages, sinceMs: timeOfBatch(id), isWhole: false };
    }
  }
  return { bySource, messages, sinceMs: stretch.fromMs, isWhole: true };
}

function count(bySource: Map<string, Counted>, event: SipEvent): void {
  const counted = bySource.get(event.source);
  const hasPhones = event.kind === "stuck-phone";
  if (counted === undefined) {
    const { atMs, country = "" } = event;
    bySource.set(event.source, { messages: event.count, lastMs: atMs, country, hasPhones });
    return;
  }
  counted.messages += event.count;
  counted.lastMs = Math.max(counted.lastMs, event.atMs);
  counted.hasPhones ||= hasPhones;
}

async function describe(redis: Redis, guard: DenyGuard, source: string, counted: Counted): Promise<RuleSource> {
  const { hasPhones, ...rest } = counted;
  // What a host wrote as a source need not be an address.
  const isAddress = /^[0-9a-f.:/]+$/.test(source);
  const isOn = async (list: "allow" | "deny") => (await findListEntries(redis, list, source)).length > 0;
  const standing = async () => {
    if (!isAddress || guard.explain(source) !== undefined) return "guarded";
    if (await isOn("allow")) return "allowed";
    if (await isOn("deny")) return "denied-already";
    return hasPhones ? "has-phones" : "open";
  };
  return { source, ...rest, standing: await standing() };
}

/** What to change in the settings so that the rule holds; undefined when it holds already or cannot. */
function patchOf(rule: RuleInput["rule"], settings: Settings, dangers: RuleOffer["dangers"]): RuleOffer["patch"] {
  if (rule.kind === "deny-sources") return undefined;
  if (rule.kind === "block-agent") {
    const { agent } = rule;
    if (agent.length < SHORT_AGENT) dangers.push("short-agent");
    const isThere = settings.blockedAgents.some((known) => agent.toLowerCase().startsWith(known.toLowerCase()));
    return isThere ? undefined : { blockedAgents: [...settings.blockedAgents, agent] };
  }
  const { country } = rule;
  const isNamed = settings.geoCountries.includes(country);
  switch (settings.geoMode) {
    case "off":
      // Countries named while it was off may be of the other mode.
      return { geoMode: "deny", geoCountries: [country] };
    case "deny":
      return isNamed ? undefined : { geoCountries: [...settings.geoCountries, country] };
    case "allow": {
      if (!isNamed) return undefined;
      const left = settings.geoCountries.filter((other) => other !== country);
      dangers.push(left.length === 0 ? "last-allowed-country" : "allow-mode");
      return left.length === 0 ? undefined : { geoCountries: left };
    }
  }
}
