/** `sipprot setup`: prepares the store, or takes everything away again. */
import { SipprotError } from "@sipprot/shared/errors";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { installationFolder } from "../../config.ts";
import { enableAtBoot } from "../../services/boot-unit.ts";
import { checkRemoval, removeAll } from "../../services/removal.ts";
import { prepareStateFolder, prepareStore } from "../../services/setup.ts";
import { recordWork } from "../audited.ts";
import type { Session } from "../session.ts";

export interface SetupOptions {
  readonly boot?: boolean;
  readonly remove?: boolean;
  readonly state?: boolean;
}

export async function setUp(session: Session, options: SetupOptions): Promise<void> {
  if (options.remove) return remove(session, options.state === true);
  if (options.state) {
    throw new SipprotError("not-permitted", "--state deletes lists and settings, and goes with --remove only", {
      field: "--state",
      remedy: "sipprot setup --remove --state",
    });
  }
  const { boot, configFile } = session.config;
  prepareStateFolder(boot.stateFolder);
  const redis = await openBriefConnection(boot);
  try {
    const { wasPrepared } = await prepareStore(redis);
    // A setup that finds all as it should be changes nothing, and so leaves no record.
    const unit =
      wasPrepared && !options.boot
        ? undefined
        : await recordWork(session, { redis, author: session.author }, "setup", options, async (actor) => {
            const made = options.boot
              ? await enableAtBoot({ installationFolder, configFile, node: process.execPath })
              : undefined;
            actor.tell({ before: { isPrepared: wasPrepared }, after: { isPrepared: true, unit: made } });
            return made;
          });
    session.log.info({ wasPrepared, unit }, "set up");
    session.answer({ stateFolder: boot.stateFolder, wasPrepared, ...(unit === undefined ? {} : { unit }) }, () =>
      [
        wasPrepared ? "the store was prepared before, nothing to do" : "the store is prepared",
        ...(unit === undefined ? [] : [`starts with the machine: ${unit}`]),
      ].join("\n"),
    );
  } finally {
    redis.disconnect();
  }
}

async function remove(session: Session, deletesState: boolean): Promise<void> {
  checkRemoval(session.config);
  const { boot } = session.config;
  // The private store stops with the rest: what is about to happen is written while it still can be.
  const redis = await openBriefConnection(boot).catch(() => undefined);
  try {
    if (redis === undefined) session.warn("the store is away, so this is not written into the audit trail");
    else {
      await recordWork(session, { redis, author: session.author }, "setup.remove", { deletesState }, async (actor) => {
        actor.tell({
          before: { isPrepared: true },
          after: { isPrepared: !deletesState || boot.redisUrl !== undefined },
        });
      });
    }
  } finally {
    redis?.disconnect();
  }
  const steps: string[] = [];
  await removeAll(session.config, deletesState, (line) => steps.push(line));
  session.log.info({ steps }, "removed");
  session.answer({ steps }, () => steps.join("\n"));
}
