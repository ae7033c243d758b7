/** Writes a backup from the store, record by record, in an order that the same state always has. */
import { createHash } from "node:crypto";
import { type ListName, listNames } from "@sipprot/shared/lists";
import { COUNT_LIMITS, redisKeys } from "@sipprot/shared/redis-keys";
import { readBlockKeys, readBlocksByKey } from "@sipprot/shared/store/block-store";
import { periodOf, SPAN_MS, spans } from "@sipprot/shared/store/count-period";
import { scanHash } from "@sipprot/shared/store/hash-scan";
import { parseEntry } from "@sipprot/shared/store/list-entry-text";
import { readStrikesWithTimes } from "@sipprot/shared/store/strike-store";
import type { Redis } from "ioredis";
import { readOldestAudit } from "../../store/audit-store.ts";
import { readBranding, readLogo } from "../../store/branding-store.ts";
import { readUsers } from "../../store/user-store.ts";
import { readCopy, readFeedProgress, readFeeds } from "../feeds/feed-store.ts";
import { stepsOf } from "../gentle-walk.ts";
import { findNotificationSettings } from "../notifications/settings.ts";
import { BACKUP_FORMAT, type BackupHeader, type BackupRecord, type CountName } from "./backup-format.ts";

/** Entries read at a time. */
const PORTION = 1000;
/** Blocks read at a time: each may have 10 KiB of messages. */
const BLOCK_PORTION = 100;

/** One backup on its way. */
export class BackupWriter {
  readonly #redis: Redis;
  readonly #header: BackupHeader;
  /** Records written so far. */
  records = 0;

  constructor(redis: Redis, maker: Omit<BackupHeader, "kind" | "format">) {
    this.#redis = redis;
    this.#header = { kind: "sipprot-backup", format: BACKUP_FORMAT, ...maker };
  }

  /** The text, in pieces of many lines. Throws what the store throws. */
  async *texts(): AsyncGenerator<string> {
    const hash = createHash("sha256");
    yield `${JSON.stringify(this.#header)}\n`;
    for await (const portion of readRecords(this.#redis, this.#header.madeAtMs)) {
      if (portion.length === 0) continue;
      this.records += portion.length;
      const text = portion.map((record) => `${JSON.stringify(record)}\n`).join("");
      hash.update(text);
      yield text;
    }
    yield `${JSON.stringify({ kind: "end", records: this.records, sha256: hash.digest("hex") })}\n`;
  }
}

async function* readRecords(redis: Redis, nowMs: number): AsyncGenerator<BackupRecord[]> {
  yield readSettingRecords(await redis.hgetall(redisKeys.settings));
  for (const list of listNames) yield* readEntries(redis, list);
  yield* readFeedRecords(redis);
  const notifications = await findNotificationSettings(redis);
  if (notifications !== undefined) yield [{ kind: "notifications", settings: notifications }];
  yield await readBrandingRecords(redis);
  yield sortBy(await readUsers(redis), ({ name }) => name).map(({ name, role, createdAtMs, ...user }) => {
    const { preferences = {}, isDisabled = false } = user;
    const chosen = Object.keys(preferences).length === 0 ? {} : { preferences };
    return { kind: "user", name, role, createdAtMs, ...chosen, ...(isDisabled ? { isDisabled } : {}) };
  });
  yield* readBlockRecords(redis, nowMs);
  yield* readStrikeRecords(redis);
  yield* readCountRecords(redis, nowMs);
  for await (const portion of readOldestAudit(redis)) yield portion.map((record) => ({ kind: "audit", ...record }));
}

function readSettingRecords(stored: Readonly<Record<string, string>>): BackupRecord[] {
  return sortBy(Object.entries(stored), ([name]) => name).flatMap(([name, text]) => {
    try {
      return [{ kind: "setting" as const, name, value: JSON.parse(text) }];
    } catch {
      // Damaged in the store: the default holds, as if it were not there.
      return [];
    }
  });
}

async function readBrandingRecords(redis: Redis): Promise<BackupRecord[]> {
  if ((await redis.exists(redisKeys.branding)) === 0) return [];
  const [branding, logo] = await Promise.all([readBranding(redis), readLogo(redis)]);
  return [{ kind: "branding", branding, logo: logo ?? null }];
}

/** The names alone are held and sorted; half a million of them are some 50 MB. */
async function* readEntries(redis: Redis, list: ListName): AsyncGenerator<BackupRecord[]> {
  const names = new Set<string>();
  for await (const portion of scanHash(redis, redisKeys.list(list)))
    for (const [network] of portion) names.add(network);
  const networks = [...names].sort();
  names.clear();
  for (let start = 0; start < networks.length; start += PORTION) {
    const texts = await redis.hmget(redisKeys.list(list), ...networks.slice(start, start + PORTION));
    yield texts.flatMap((text) => {
      const entry = parseEntry(text);
      if (entry === undefined) return [];
      const { network, note, addedAtSeconds, addedBy, expiresAtSeconds } = entry;
      // An undefined expiry is left out by JSON.
      return [{ kind: list, entry: { network, note, addedAtSeconds, addedBy, expiresAtSeconds } }];
    });
  }
}

async function* readFeedRecords(redis: Redis): AsyncGenerator<BackupRecord[]> {
  const feeds = await readFeeds(redis);
  for (const feed of feeds) {
    const isLeaving = (await readFeedProgress(redis, feed.id)).state === "leaving";
    yield [{ kind: "feed", feed, isLeaving }];
  }
  for (const { id } of feeds) {
    const networks = [...(await readCopy(redis, id))].sort();
    for (let start = 0; start < networks.length; start += PORTION) {
      yield networks.slice(start, start + PORTION).map((network) => ({ kind: "feed-network", id, network }));
    }
  }
}

async function* readBlockRecords(redis: Redis, nowMs: number): AsyncGenerator<BackupRecord[]> {
  const keys = new Set<string>();
  for await (const key of readBlockKeys(redis)) keys.add(key);
  const sorted = [...keys].sort();
  for (let start = 0; start < sorted.length; start += BLOCK_PORTION) {
    const blocks = await readBlocksByKey(redis, sorted.slice(start, start + BLOCK_PORTION));
    yield blocks.filter(({ untilMs }) => untilMs > nowMs).map((block) => ({ kind: "block", block }));
  }
}

async function* readStrikeRecords(redis: Redis): AsyncGenerator<BackupRecord[]> {
  const all = new Map<string, BackupRecord>();
  for await (const portion of readStrikesWithTimes(redis)) {
    for (const { source, strikes, lastAtMs } of portion) all.set(source, { kind: "strike", source, strikes, lastAtMs });
  }
  yield sortBy([...all], ([source]) => source).map(([, record]) => record);
}

async function* readCountRecords(redis: Redis, nowMs: number): AsyncGenerator<BackupRecord[]> {
  for await (const period of countedPeriods(redis, nowMs)) {
    yield readCounts("counts", period, Object.entries(await redis.hgetall(redisKeys.counts(period))));
    for (const of of ["attackers", "agents"] as const) {
      const flat = await redis.zrange(redisKeys[of](period), "0", "-1", "WITHSCORES");
      const pairs: Array<[string, string]> = [];
      for (let index = 0; index + 1 < flat.length; index += 2) pairs.push([flat[index] ?? "", flat[index + 1] ?? ""]);
      yield readCounts(of, period, pairs);
    }
  }
}

/** The periods that have counts at all: of the three thousand minutes kept most are quiet, and each would be asked for three times. */
async function* countedPeriods(redis: Redis, nowMs: number): AsyncGenerator<string> {
  for (const step of stepsOf(listPeriods(nowMs), PORTION)) {
    const asked = redis.pipeline();
    for (const period of step) {
      asked.exists(redisKeys.counts(period), redisKeys.attackers(period), redisKeys.agents(period));
    }
    const answers = (await asked.exec()) ?? [];
    for (const [index, period] of step.entries()) {
      const [error, found] = answers[index] ?? [null, 0];
      if (error !== null) throw error;
      if (Number(found) > 0) yield period;
    }
  }
}

/** Days, hours and minutes, each from the oldest that may be kept to the one that a clock ahead of ours may have begun. */
function* listPeriods(nowMs: number): Generator<string> {
  for (const span of [...spans].reverse()) {
    const stepMs = SPAN_MS[span];
    const fromMs = nowMs - COUNT_LIMITS[span].seconds * 1000 - stepMs;
    for (let atMs = fromMs; atMs <= nowMs + stepMs; atMs += stepMs) yield periodOf(span, atMs).name;
  }
}

function readCounts(of: CountName, period: string, pairs: readonly (readonly [string, string])[]): BackupRecord[] {
  return sortBy(pairs, ([name]) => name).map(([name, count]) => ({
    kind: "count",
    of,
    period,
    name,
    count: Math.trunc(Number(count)),
  }));
}

function sortBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  return [...items].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}
