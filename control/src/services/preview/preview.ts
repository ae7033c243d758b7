/** What a change of the settings would have done in the last day: to whom, and to which registered phones. */
import { splitNetwork } from "@sipprot/shared/address";
import { NetworkLookup } from "@sipprot/shared/network-lookup";
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { RegisteredSource } from "@sipprot/shared/registered-source";
import { type SettingName, type Settings, settingNames } from "@sipprot/shared/settings";
import {
  type HurtSource,
  MAX_PREVIEW_ROWS,
  type PreviewGroup,
  type PreviewSource,
  type SettingsPreview,
} from "@sipprot/shared/settings-preview";
import { scanHash } from "@sipprot/shared/store/hash-scan";
import { readRegistered } from "@sipprot/shared/store/registered-store";
import { checkPatch, isSameValue, readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { stepsOf, walkGently } from "../gentle-walk.ts";
import { findOwnStanding, type OpenCountries } from "../own-address.ts";
import { judgePhones } from "./judge-phones.ts";
import { judgeSource, type Verdict } from "./judge-source.ts";
import { readDay } from "./read-day.ts";
import type { SourceDay } from "./source-day.ts";

/** What is stored tells both what they refuse more and what they refuse less. */
const known: ReadonlySet<SettingName> = new Set([
  "mode",
  "geoMode",
  "geoCountries",
  "blockedAgents",
  "blockRuleFailuresPerMinute",
]);
/** What is stored tells one of the two. */
const partlyKnown: ReadonlySet<SettingName> = new Set(["floodMessagesPerSecond", "blockThreshold", "geoDatabaseFile"]);

export interface PreviewParts {
  readonly redis: Redis;
  readonly openCountries: OpenCountries;
}

export async function previewSettings(
  { redis, openCountries }: PreviewParts,
  patch: Partial<Settings>,
  address: string,
  nowMs: number,
): Promise<SettingsPreview> {
  const { settings: before } = await readSettings(redis);
  const after: Settings = { ...before, ...checkPatch(patch) };
  const changed = new Set(settingNames.filter((name) => !isSameValue(before[name], after[name])));
  const [day, registered, allowed] = await Promise.all([
    readDay(redis, nowMs),
    readRegistered(redis),
    readAllowed(redis),
  ]);
  const countries = await openCountries(after.geoDatabaseFile);
  const isAllowed = (source: string) => allowed.findContaining(source) !== undefined;

  const strikes = changed.has("blockThreshold")
    ? await readStrikes(redis, day.sources.values())
    : new Map<string, number>();
  const refused = new Tally();
  const passed = new Tally();
  const refusedBy = new Map<string, Verdict>();
  await walkGently(day.sources.values(), (source) => {
    if (isAllowed(source.source)) return;
    const accounts = registered.get(source.source)?.accountCount ?? 0;
    const circumstances = { before, after, changed, accounts, strikes: strikes.get(source.source) ?? 0 };
    const verdict = judgeSource(source, circumstances);
    if (verdict.refused !== undefined) {
      refused.add(source, verdict.refused, accounts);
      refusedBy.set(source.source, verdict.refused);
    }
    if (verdict.passed !== undefined) passed.add(source, verdict.passed, accounts);
  });

  const hurt: HurtSource[] = [];
  let accounts = 0;
  const listened = [...registered].filter(([source]) => !isAllowed(source));
  await walkGently(listened, ([source, phones]) => {
    accounts += phones.accountCount;
    const country = countries.findCode(splitNetwork(source).address);
    const gate = judgePhones(phones, { before, after, changed, country, refusedBy: refusedBy.get(source)?.gate });
    if (gate !== undefined) hurt.push({ source, country, gate, ...namePhones(phones) });
  });
  hurt.sort((one, other) => other.accountCount - one.accountCount || one.source.localeCompare(other.source));
  return {
    fromMs: day.fromMs,
    toMs: nowMs,
    isWhole: day.isWhole,
    events: day.events,
    refused: refused.toGroup(),
    passed: passed.toGroup(),
    hurt: {
      sources: hurt.length,
      accounts: hurt.reduce((sum, { accountCount }) => sum + accountCount, 0),
      rows: hurt.slice(0, MAX_PREVIEW_ROWS),
    },
    registered: { sources: listened.length, accounts },
    unknown: [...changed].filter((name) => !known.has(name) && !partlyKnown.has(name)),
    partly: [...changed].filter((name) => partlyKnown.has(name)),
    own: await findOwnStanding(redis, openCountries, address, after),
  };
}

/** The allowlist as it is now: whoever is on it is refused by no setting. */
async function readAllowed(redis: Redis): Promise<NetworkLookup> {
  const allowed = new NetworkLookup();
  for await (const portion of scanHash(redis, redisKeys.list("allow"))) {
    for (const [network] of portion) allowed.add(network);
  }
  return allowed;
}

/** How often those that were blocked in the day were blocked in all that is remembered. */
async function readStrikes(redis: Redis, days: Iterable<SourceDay>): Promise<Map<string, number>> {
  const strikes = new Map<string, number>();
  for (const step of stepsOf(days, 1000)) {
    const blocked = step.filter(({ blocks }) => blocks > 0).map(({ source }) => source);
    if (blocked.length === 0) continue;
    const counts = await redis.hmget(redisKeys.strikes, ...blocked);
    for (const [index, source] of blocked.entries()) strikes.set(source, Number(counts[index] ?? 0));
  }
  return strikes;
}

function namePhones({ accounts, accountCount, agents, isTrunk }: RegisteredSource) {
  return { accounts, accountCount, agents, isTrunk };
}

/** Sources and messages of one side of the change; the largest are named. */
class Tally {
  readonly #rows: PreviewSource[] = [];
  #messages = 0;

  add({ source, country, agent }: SourceDay, { gate, messages }: Verdict, accounts: number): void {
    this.#messages += messages;
    this.#rows.push({ source, country, agent, gate, messages, accounts });
  }

  toGroup(): PreviewGroup {
    const rows = this.#rows.sort(
      (one, other) => other.messages - one.messages || one.source.localeCompare(other.source),
    );
    return { sources: rows.length, messages: this.#messages, rows: rows.slice(0, MAX_PREVIEW_ROWS) };
  }
}
