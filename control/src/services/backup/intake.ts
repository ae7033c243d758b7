/** Takes a backup in, beside what is in force, and leaves out what must not be put back here and now. */
import type { Block } from "@sipprot/shared/block";
import { blockKey } from "@sipprot/shared/block";
import type { Feed } from "@sipprot/shared/feed";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { NetworkLookup } from "@sipprot/shared/network-lookup";
import type { NotificationSettings } from "@sipprot/shared/notification";
import { COUNT_LIMITS, MAX_AUDIT_RECORDS, MAX_FEEDS, MAX_LIST_ENTRIES, MAX_USERS } from "@sipprot/shared/redis-keys";
import type { Settings } from "@sipprot/shared/settings";
import { readPeriod, SPAN_MS } from "@sipprot/shared/store/count-period";
import { DenyGuard, type GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { readHosts } from "@sipprot/shared/store/host-store";
import { acceptSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { refuseLockOut } from "../settings.ts";
import { type BackupRecord, badBackup, type CountName } from "./backup-format.ts";
import type { BackupReader } from "./backup-reader.ts";
import { Staging } from "./staging.ts";

/** Records checked at a time. */
const PORTION = 1000;
/** What was left out is named up to here; all of it is counted. */
const MAX_NAMED = 100;

type UserRecord = Extract<BackupRecord, { kind: "user" }>;
type BrandingRecord = Extract<BackupRecord, { kind: "branding" }>;

/** Parts of the staging. */
export const parts = {
  list: (list: ListName) => `list:${list}`,
  feedCopy: (id: string) => `feed:${id}`,
  blocks: "blocks",
  strikes: "strikes",
  audit: "audit",
  count: (of: CountName, period: string) => `${of}:${period}`,
} as const;

/** A period of counts, and until when it is kept. */
export interface Period {
  readonly of: CountName;
  readonly period: string;
  readonly keptUntilMs: number;
}

/** All of a backup that may be put back. */
export class Intake {
  readonly staging: Staging;
  readonly settings: Settings;
  readonly feeds: ReadonlyMap<string, { readonly feed: Feed; readonly isLeaving: boolean }>;
  readonly branding: BrandingRecord | undefined;
  readonly notifications: NotificationSettings | undefined;
  readonly users: readonly UserRecord[];
  /** The allowlist, for questions. */
  readonly allowed: NetworkLookup;
  readonly periods: readonly Period[];
  readonly sizes: Readonly<Record<BackupRecord["kind"], number>>;
  readonly leftOut: LeftOut;

  constructor(taker: IntakeTaker, settings: Settings) {
    this.staging = taker.staging;
    this.settings = settings;
    this.feeds = taker.feeds;
    this.notifications = taker.notifications;
    this.branding = taker.branding;
    this.users = taker.users;
    this.allowed = taker.allowed;
    this.periods = [...taker.periods.values()];
    this.sizes = taker.sizes;
    this.leftOut = taker.leftOut;
  }
}

/** What was not put back, and why. */
export class LeftOut {
  count = 0;
  readonly named: Array<{ readonly what: string; readonly why: string }> = [];

  add(what: string, why: string): void {
    this.count += 1;
    if (this.named.length < MAX_NAMED) this.named.push({ what, why });
  }
}

/**
 * Reads the whole backup. Nothing in force is changed; what was staged is for whoever called to put in place or discard.
 *
 * Throws `bad-backup` when the file is not whole, `not-permitted` when its settings would refuse everybody; then nothing
 * is left staged.
 */
export async function takeIn(
  redis: Redis,
  reader: BackupReader,
  guarded: readonly GuardedNetwork[],
  nowMs: number,
): Promise<Intake> {
  const guard = new DenyGuard(guarded, await readHosts(redis));
  const taker = new IntakeTaker(new Staging(redis), guard, nowMs);
  try {
    for await (const portion of reader.records(PORTION)) {
      for (const record of portion) taker.take(record);
      await taker.staging.flush();
    }
    return new Intake(taker, taker.readSettings());
  } catch (error) {
    await taker.staging.discard().catch(() => undefined);
    throw error;
  }
}

/** Sorts records into the staging and what is small enough to be held. */
class IntakeTaker {
  readonly staging: Staging;
  readonly feeds = new Map<string, { readonly feed: Feed; readonly isLeaving: boolean }>();
  readonly users: UserRecord[] = [];
  readonly allowed = new NetworkLookup();
  readonly periods = new Map<string, Period>();
  readonly leftOut = new LeftOut();
  readonly sizes: Record<BackupRecord["kind"], number> = {
    setting: 0,
    allow: 0,
    deny: 0,
    feed: 0,
    "feed-network": 0,
    notifications: 0,
    branding: 0,
    user: 0,
    block: 0,
    strike: 0,
    count: 0,
    audit: 0,
  };
  notifications: NotificationSettings | undefined;
  branding: BrandingRecord | undefined;
  readonly #settings: Record<string, unknown> = {};
  readonly #guard: DenyGuard;
  readonly #nowMs: number;

  constructor(staging: Staging, guard: DenyGuard, nowMs: number) {
    this.staging = staging;
    this.#guard = guard;
    this.#nowMs = nowMs;
  }

  take(record: BackupRecord): void {
    if (!this.#sort(record)) return;
    this.sizes[record.kind] += 1;
    const { allow, deny, feed, user, audit } = this.sizes;
    // Twice: what the store's own bound leaves for later.
    if (audit > 2 * MAX_AUDIT_RECORDS)
      throw badBackup(`its audit trail has more than ${2 * MAX_AUDIT_RECORDS} records`);
    if (Math.max(allow, deny) > MAX_LIST_ENTRIES) throw badBackup(`a list has more than ${MAX_LIST_ENTRIES} entries`);
    if (feed > MAX_FEEDS) throw badBackup(`it has more than ${MAX_FEEDS} feeds`);
    if (user > MAX_USERS) throw badBackup(`it has more than ${MAX_USERS} accounts`);
  }

  /** The settings as they will be. Throws `not-permitted` for those that would refuse everybody. */
  readSettings(): Settings {
    const { settings, unknown, refused } = acceptSettings(this.#settings);
    for (const name of unknown) this.leftOut.add(`setting ${name}`, "this version does not know it");
    for (const name of refused) this.leftOut.add(`setting ${name}`, "this version cannot accept its value");
    refuseLockOut(settings, "geoCountries", settings.geoCountries.join(","));
    return settings;
  }

  /** False for what was left out. */
  #sort(record: BackupRecord): boolean {
    switch (record.kind) {
      case "setting":
        this.#settings[record.name] = record.value;
        return true;
      case "allow":
      case "deny":
        return this.#takeEntry(record.kind, record.entry);
      case "feed":
        this.feeds.set(record.feed.id, record);
        return true;
      case "feed-network":
        if (!this.feeds.has(record.id)) throw badBackup(`it has entries of a feed ${record.id} and not the feed`);
        this.staging.include(parts.feedCopy(record.id), record.network);
        return true;
      case "notifications":
        this.notifications = record.settings;
        return true;
      case "branding":
        this.branding = record;
        return true;
      case "user":
        this.users.push(record);
        return true;
      case "block":
        return this.#takeBlock(record.block);
      case "strike":
        this.staging.put(parts.strikes, record.source, JSON.stringify([record.strikes, record.lastAtMs]));
        return true;
      case "count":
        return this.#takeCount(record);
      case "audit": {
        const { kind: _, id, ...told } = record;
        this.staging.append(parts.audit, JSON.stringify([id, JSON.stringify(told)]));
        return true;
      }
    }
  }

  #takeEntry(list: ListName, entry: ListEntry): boolean {
    const why = this.#explainRefusal(list, entry);
    if (why !== undefined) {
      this.leftOut.add(`${entry.network} on the ${list}list`, why);
      return false;
    }
    if (list === "allow") this.allowed.add(entry.network);
    this.staging.put(parts.list(list), entry.network, JSON.stringify(entry));
    return true;
  }

  #explainRefusal(list: ListName, { network, expiresAtSeconds }: ListEntry): string | undefined {
    if (expiresAtSeconds !== undefined && expiresAtSeconds * 1000 <= this.#nowMs) return "its time is over";
    if (list === "allow") return network.endsWith("/0") ? "nothing would be protected any more" : undefined;
    const container = this.allowed.findContaining(network);
    return container === undefined ? this.#guard.explain(network) : `${container} is on the allowlist`;
  }

  #takeBlock(block: Block): boolean {
    const isAllowed = this.allowed.findContaining(block.source) !== undefined;
    if (block.untilMs <= this.#nowMs || isAllowed) {
      this.leftOut.add(`the block of ${block.source}`, isAllowed ? "it is on the allowlist" : "its time is over");
      return false;
    }
    this.staging.put(parts.blocks, blockKey(block), JSON.stringify(block));
    return true;
  }

  #takeCount({ of, period, name, count }: Extract<BackupRecord, { kind: "count" }>): boolean {
    const found = readPeriod(period);
    if (found === undefined) throw badBackup(`${period.slice(0, 20)} is no time`);
    const keptUntilMs = found.atMs + SPAN_MS[found.span] + COUNT_LIMITS[found.span].seconds * 1000;
    if (keptUntilMs <= this.#nowMs) {
      this.leftOut.add(`counts of ${period}`, "they are not kept for so long");
      return false;
    }
    const part = parts.count(of, period);
    this.periods.set(part, { of, period, keptUntilMs });
    if (of === "counts") this.staging.put(part, name, String(count));
    else this.staging.rank(part, count, name);
    return true;
  }
}
