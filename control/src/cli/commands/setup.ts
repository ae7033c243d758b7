/** `sipprot setup`: prepares the store, or takes everything away again. */
import { SipprotError } from "@sipprot/shared/errors";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { installationFolder } from "../../config.ts";
import { enableAtBoot } from "../../services/boot-unit.ts";
import { removeAll } from "../../services/removal.ts";
import { prepareStateFolder, prepareStore } from "../../services/setup.ts";
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
    const unit = options.boot
      ? await enableAtBoot({ installationFolder, configFile, node: process.execPath })
      : undefined;
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
  const steps: string[] = [];
  await removeAll(session.config, deletesState, (line) => steps.push(line));
  session.log.info({ steps }, "removed");
  session.answer({ steps }, () => steps.join("\n"));
}
