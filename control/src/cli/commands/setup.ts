/** `sipprot setup`: prepares the store; nothing happens when that is done. */
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { prepareStateFolder, prepareStore } from "../../services/setup.ts";
import type { Session } from "../session.ts";

export async function setUp(session: Session): Promise<void> {
  const { boot } = session.config;
  prepareStateFolder(boot.stateFolder);
  const redis = await openBriefConnection(boot);
  try {
    const { wasPrepared } = await prepareStore(redis);
    session.log.info({ wasPrepared }, "store prepared");
    session.answer({ stateFolder: boot.stateFolder, wasPrepared }, () =>
      wasPrepared ? "the store was prepared before, nothing to do" : "the store is prepared",
    );
  } finally {
    redis.disconnect();
  }
}
