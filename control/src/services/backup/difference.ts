/** What a restore makes different from what is in force. */
import { type ListName, listNames } from "@sipprot/shared/lists";
import type { Preferences } from "@sipprot/shared/preferences";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { settingNames } from "@sipprot/shared/settings";
import { scanHash } from "@sipprot/shared/store/hash-scan";
import { parseEntry } from "@sipprot/shared/store/list-entry-text";
import { countList } from "@sipprot/shared/store/list-store";
import { readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { readUsers } from "../../store/user-store.ts";
import { readFeeds } from "../feeds/feed-store.ts";
import { findNotificationSettings } from "../notifications/settings.ts";
import { type Intake, parts } from "./intake.ts";

/** How a set of things changes. */
export interface SetDifference {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly same: number;
}

export interface Difference {
  readonly allow: SetDifference;
  readonly deny: SetDifference;
  /** Setting → before and after. */
  readonly settings: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
  readonly feeds: SetDifference;
  readonly notificationsChange: boolean;
  /** Accounts that are new here, whose role or preferences change, and that the backup does not have: those stay. */
  readonly users: {
    readonly added: string[];
    readonly changed: string[];
    readonly preferring: string[];
    readonly kept: string[];
  };
  /** What is added to what the gates learnt since. */
  readonly blocksAdded: number;
  readonly strikes: number;
  readonly periodsAdded: number;
  /** Records of the audit trail that the backup has; those that are here already are not taken twice. */
  readonly auditRecords: number;
}

/** Compares what was staged with what is in force. Changes nothing. */
export async function compare(redis: Redis, intake: Intake): Promise<Difference> {
  const [allow, deny] = await Promise.all(listNames.map((list) => compareList(redis, intake, list)));
  const { settings } = await readSettings(redis);
  const changed = settingNames.filter((name) => !isSame(settings[name], intake.settings[name]));
  const users = await readUsers(redis);
  const present = new Map(users.map((user) => [user.name, user]));
  return {
    allow: allow ?? nothing,
    deny: deny ?? nothing,
    settings: Object.fromEntries(
      changed.map((name) => [name, { before: settings[name], after: intake.settings[name] }]),
    ),
    feeds: compareTexts(
      new Map((await readFeeds(redis)).map((feed) => [feed.id, JSON.stringify(feed)])),
      new Map([...intake.feeds.values()].map(({ feed }) => [feed.id, JSON.stringify(feed)])),
    ),
    notificationsChange: !isSame(await findNotificationSettings(redis), intake.notifications),
    users: {
      added: intake.users.filter(({ name }) => !present.has(name)).map(({ name }) => name),
      changed: intake.users
        .filter(({ name, role }) => (present.get(name)?.role ?? role) !== role)
        .map(({ name }) => name),
      preferring: intake.users
        .filter(({ name, preferences }) => {
          const user = present.get(name);
          return user !== undefined && hasOtherPreferences(user.preferences, preferences);
        })
        .map(({ name }) => name),
      kept: users.filter(({ name }) => !intake.users.some((user) => user.name === name)).map(({ name }) => name),
    },
    blocksAdded: await countMissingBlocks(redis, intake),
    strikes: intake.sizes.strike,
    periodsAdded: await countMissingPeriods(redis, intake),
    auditRecords: intake.sizes.audit,
  };
}

/** True when a backup has preferences of a person, and others than those that are there. */
export function hasOtherPreferences(present: Preferences = {}, inBackup: Preferences | undefined): boolean {
  return inBackup !== undefined && !isSame(sortFields(present), sortFields(inBackup));
}

const nothing: SetDifference = { added: 0, removed: 0, changed: 0, same: 0 };

async function compareList(redis: Redis, { staging, sizes }: Intake, list: ListName): Promise<SetDifference> {
  let same = 0;
  let changed = 0;
  for await (const portion of scanHash(redis, staging.key(parts.list(list)))) {
    const texts = await redis.hmget(redisKeys.list(list), ...portion.map(([network]) => network));
    for (const [index, [, staged]] of portion.entries()) {
      if (texts[index] === staged) {
        same += 1;
        continue;
      }
      const present = parseEntry(texts[index] ?? null);
      if (present === undefined) continue;
      if (isSame(sortFields(present), sortFields(parseEntry(staged) ?? {}))) same += 1;
      else changed += 1;
    }
  }
  const before = await countList(redis, list);
  return { added: sizes[list] - same - changed, removed: before - same - changed, changed, same };
}

async function countMissingBlocks(redis: Redis, { staging }: Intake): Promise<number> {
  let missing = 0;
  for await (const portion of scanHash(redis, staging.key(parts.blocks))) {
    const present = await redis.hmget(redisKeys.blocks, ...portion.map(([key]) => key));
    missing += present.filter((text) => text === null).length;
  }
  return missing;
}

async function countMissingPeriods(redis: Redis, { periods }: Intake): Promise<number> {
  let missing = 0;
  for (const { of, period } of periods) if ((await redis.exists(redisKeys[of](period))) === 0) missing += 1;
  return missing;
}

function compareTexts(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): SetDifference {
  const kept = [...after].filter(([name]) => before.has(name));
  const same = kept.filter(([name, text]) => before.get(name) === text).length;
  return { added: after.size - kept.length, removed: before.size - kept.length, changed: kept.length - same, same };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function sortFields(entry: object): [string, unknown][] {
  return Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1));
}
