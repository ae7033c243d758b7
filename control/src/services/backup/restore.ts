/** Restores a backup: all of it is read and checked first, then put in place; or only compared. */
import { setTimeout as pause } from "node:timers/promises";
import { SipprotError } from "@sipprot/shared/errors";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import type { Actor } from "../../api/actor.ts";
import { takeFeedLock } from "../feeds/feed-lock.ts";
import type { StoreLock } from "../store-lock.ts";
import { restoreAccounts } from "./account-restore.ts";
import type { BackupHeader } from "./backup-format.ts";
import { BackupReader } from "./backup-reader.ts";
import { compare, type Difference } from "./difference.ts";
import { type Intake, takeIn } from "./intake.ts";
import { addLearnt, addTrail, replaceDecisions } from "./placement.ts";

/** A feed that is being fetched is waited for; one with 200,000 entries takes longer than anybody would. */
const FEED_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 250;

export interface Restored {
  readonly header: BackupHeader;
  readonly difference: Difference;
  /** What was not restored: how much, and the first hundred by name. */
  readonly leftOut: {
    readonly count: number;
    readonly named: readonly { readonly what: string; readonly why: string }[];
  };
  /** Accounts that cannot sign in before they are reset. */
  readonly withoutPassword: readonly string[];
}

export interface RestoreWork {
  readonly bytes: AsyncIterable<Buffer | string>;
  readonly ownVersion: string;
  readonly guarded: readonly GuardedNetwork[];
}

/** Says what a restore would make different; changes nothing. Throws as `restoreBackup`. */
export async function rehearseRestore(redis: Redis, work: RestoreWork, nowMs: number): Promise<Restored> {
  return withIntake(redis, work, nowMs, async (header, intake) => {
    const difference = await compare(redis, intake);
    return { header, difference, leftOut: intake.leftOut, withoutPassword: difference.users.added };
  });
}

/**
 * Puts a backup in place and tells the audit trail. Throws `bad-backup` or `not-permitted` before anything is changed.
 */
export async function restoreBackup(redis: Redis, work: RestoreWork, actor: Actor): Promise<Restored> {
  return withIntake(redis, work, actor.nowMs, async (header, intake) => {
    const lock = await waitForFeeds(redis);
    try {
      const difference = await compare(redis, intake);
      await replaceDecisions(redis, intake, actor);
      const withoutPassword = await restoreAccounts(redis, intake.users, actor, intake.leftOut);
      await addLearnt(redis, intake, actor);
      await addTrail(redis, intake);
      const { allow, deny } = difference;
      actor.tell({
        before: { allow: allow.removed + allow.changed + allow.same, deny: deny.removed + deny.changed + deny.same },
        after: { ...difference, header, leftOut: intake.leftOut.count },
      });
      return { header, difference, leftOut: intake.leftOut, withoutPassword };
    } finally {
      await lock.release();
    }
  });
}

async function withIntake<Result>(
  redis: Redis,
  { bytes, ownVersion, guarded }: RestoreWork,
  nowMs: number,
  use: (header: BackupHeader, intake: Intake) => Promise<Result>,
): Promise<Result> {
  const reader = new BackupReader(bytes, ownVersion);
  const header = await reader.readHeader();
  const intake = await takeIn(redis, reader, guarded, nowMs);
  try {
    return await use(header, intake);
  } finally {
    await intake.staging.discard();
  }
}

/** While feeds are being written to the denylist it cannot be replaced. Throws `not-permitted`. */
async function waitForFeeds(redis: Redis): Promise<StoreLock> {
  const giveUpAtMs = Date.now() + FEED_WITHIN_MS;
  for (;;) {
    const lock = await takeFeedLock(redis);
    if (lock !== undefined) return lock;
    if (Date.now() >= giveUpAtMs) {
      throw new SipprotError("not-permitted", "a feed is being fetched; nothing was changed", {
        remedy: "try again in a minute",
      });
    }
    await pause(LOOK_EVERY_MS);
  }
}
