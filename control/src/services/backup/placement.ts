/**
 * Puts what was staged in place of what is in force. What people decided (lists, settings, feeds, notifications) is
 * replaced in one step; accounts follow one by one; what the gates learnt (blocks, strikes, counts) and what people
 * changed (the audit trail) is added to what came since. Doing it again completes what was broken off.
 */
import { blockSchema } from "@sipprot/shared/block";
import { listNames } from "@sipprot/shared/lists";
import { RESTORE_SECONDS, redisKeys } from "@sipprot/shared/redis-keys";
import { defaultSettings, settingNames } from "@sipprot/shared/settings";
import { liftBlocks, putBlocks, readBlockKeys } from "@sipprot/shared/store/block-store";
import { commitDecided } from "@sipprot/shared/store/change-stream";
import { scanHash } from "@sipprot/shared/store/hash-scan";
import type { Author } from "@sipprot/shared/store/list-store";
import { addStrikes } from "@sipprot/shared/store/strike-store";
import type { Redis } from "ioredis";
import { mergeAudit } from "../../store/audit-store.ts";
import { feedProgressSchema } from "../feeds/feed-store.ts";
import { findNotificationSettings, isOtherServer } from "../notifications/settings.ts";
import { badBackup } from "./backup-format.ts";
import { type Intake, parts } from "./intake.ts";

type Command = readonly string[];

/** Replaces lists, settings, feeds and notifications in one step, and tells every host to read them anew. */
export async function replaceDecisions(redis: Redis, intake: Intake, author: Author): Promise<void> {
  await renewStaging(redis, intake);
  await commitDecided(redis, async () => ({
    work: {
      commands: [
        ...listNames.flatMap((list) => move(intake, parts.list(list), redisKeys.list(list))),
        ...settingCommands(intake),
        ...(await feedCommands(redis, intake)),
        ...(await notificationCommands(redis, intake)),
        ...brandingCommands(intake),
      ],
      changes: [
        ...listNames.map((list) => ({ kind: "list-reload" as const, list })),
        { kind: "settings" as const, settings: intake.settings },
      ],
      by: author.by,
    },
    outcome: undefined,
  }));
}

/** Lifts what stands against the restored allowlist, and adds the blocks, strikes and counts of the backup. */
export async function addLearnt(redis: Redis, intake: Intake, author: Author): Promise<void> {
  const { staging, allowed, periods } = intake;
  const lifted: string[] = [];
  for await (const key of readBlockKeys(redis)) {
    if (allowed.findContaining(key.split(" ", 1)[0] ?? key) !== undefined) lifted.push(key);
  }
  await liftBlocks(redis, lifted, author);
  for await (const portion of scanHash(redis, staging.key(parts.blocks))) {
    const blocks = portion.map(([, text]) => blockSchema.parse(JSON.parse(text)));
    await putBlocks(redis, blocks, author);
  }
  for await (const portion of scanHash(redis, staging.key(parts.strikes))) {
    await addStrikes(
      redis,
      portion.map(([source, text]) => {
        const [strikes = 0, lastAtMs = 0] = JSON.parse(text) as number[];
        return { source, strikes, lastAtMs };
      }),
    );
  }
  for (const { of, period, keptUntilMs } of periods) {
    // A period that is there was counted here, and the backup may have only its beginning.
    if ((await redis.renamenx(staging.key(parts.count(of, period)), redisKeys[of](period))) === 1) {
      await redis.pexpireat(redisKeys[of](period), keptUntilMs);
    }
  }
}

/** Puts what people changed then among what they changed since: the trail loses nothing and has nothing twice. */
export async function addTrail(redis: Redis, { staging }: Intake): Promise<void> {
  if (staging.has(parts.audit)) await mergeAudit(redis, staging.key(parts.audit));
}

/** From here to the one step that moves them the staged parts must not expire. */
async function renewStaging(redis: Redis, { staging, feeds }: Intake): Promise<void> {
  const needed = [...listNames.map(parts.list), ...[...feeds.keys()].map(parts.feedCopy)];
  for (const part of needed.filter((one) => staging.has(one))) {
    if ((await redis.expire(staging.key(part), RESTORE_SECONDS)) === 1) continue;
    throw badBackup(`it took longer than ${RESTORE_SECONDS / 60} minutes to read`, "restore from a file on this host");
  }
}

/** Puts a staged part in the place of a key, whatever was there; an empty part is not staged. */
function move({ staging }: Intake, part: string, key: string): Command[] {
  const gone = ["UNLINK", key];
  if (!staging.has(part)) return [gone];
  const from = staging.key(part);
  return [gone, ["PERSIST", from], ["RENAME", from, key]];
}

function settingCommands({ settings }: Intake): Command[] {
  const different = settingNames.filter(
    (name) => JSON.stringify(settings[name]) !== JSON.stringify(defaultSettings[name]),
  );
  return [
    ["UNLINK", redisKeys.settings],
    // What waited for a confirmation would be undone to values of before the restore.
    ["DEL", redisKeys.pendingChange],
    ...different.map((name) => ["HSET", redisKeys.settings, name, JSON.stringify(settings[name])]),
  ];
}

function brandingCommands({ branding: record }: Intake): Command[] {
  if (record === undefined) {
    return [
      ["DEL", redisKeys.branding],
      ["DEL", redisKeys.brandingLogo],
    ];
  }
  const { branding, logo } = record;
  return [
    ["SET", redisKeys.branding, JSON.stringify(branding)],
    logo === null ? ["DEL", redisKeys.brandingLogo] : ["SET", redisKeys.brandingLogo, JSON.stringify(logo)],
  ];
}

/** A restored feed is fetched anew with the next turn; its last good copy tells which entries are its own. */
async function feedCommands(redis: Redis, intake: Intake): Promise<Command[]> {
  const old = (await redis.hkeys(redisKeys.feeds)).filter((id) => !intake.feeds.has(id));
  const commands: Command[] = [
    ["UNLINK", redisKeys.feeds],
    ["UNLINK", redisKeys.feedProgress],
    ...old.map((id) => ["UNLINK", redisKeys.feedCopy(id)]),
  ];
  for (const { feed, isLeaving } of intake.feeds.values()) {
    commands.push(["HSET", redisKeys.feeds, feed.id, JSON.stringify(feed)]);
    commands.push(...move(intake, parts.feedCopy(feed.id), redisKeys.feedCopy(feed.id)));
    if (!isLeaving) continue;
    const progress = { state: "leaving", detail: "", entries: 0, allowed: 0, badLines: 0 };
    commands.push(["HSET", redisKeys.feedProgress, feed.id, JSON.stringify(feedProgressSchema.parse(progress))]);
  }
  return commands;
}

/** A password stays with the server it was given for, and with no other. */
async function notificationCommands(redis: Redis, { notifications }: Intake): Promise<Command[]> {
  const before = await findNotificationSettings(redis);
  const isKept = notifications !== undefined && before !== undefined && !isOtherServer(before, notifications);
  return [
    notifications === undefined
      ? ["DEL", redisKeys.notifications]
      : ["SET", redisKeys.notifications, JSON.stringify(notifications)],
    ...(isKept ? [] : [["HDEL", redisKeys.notificationSecrets, "smtpPassword"]]),
  ];
}
