/** Looks at everything that can be wrong with an installation, and says for each thing how it is and what to do. */
import { existsSync } from "node:fs";
import type { Host } from "@sipprot/shared/host";
import { readHosts } from "@sipprot/shared/store/host-store";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import type { Config } from "../../config.ts";
import { askProxyHealth } from "../proxy-health.ts";
import { checkControl } from "./control-checks.ts";
import { type Diagnosis, ok } from "./diagnosis.ts";
import { readListeningSockets } from "./listening-sockets.ts";
import { localPlace } from "./local-place.ts";
import { checkClock, checkDisk } from "./machine-checks.ts";
import { checkPbx } from "./pbx-checks.ts";
import { checkTables, judgeHosts, judgeProxy } from "./proxy-checks.ts";
import { checkRivals } from "./rival-checks.ts";
import { checkSecrets } from "./secret-checks.ts";
import { checkStore } from "./store-checks.ts";
import { judgeWaysAround } from "./way-around-checks.ts";
import { checkWeb } from "./web-checks.ts";

/** Runs all checks; changes nothing. Takes a few seconds at most. */
export async function examine({ boot, configFile, isRoot }: Config): Promise<Diagnosis[]> {
  const health = await askProxyHealth(boot.health);
  const [store, secrets, hosts, tables, pbx, clock, rivals, control, web] = await Promise.all([
    checkStore(boot),
    checkSecrets(boot),
    readHostsIfPossible(boot),
    checkTables(isRoot, health),
    checkPbx(boot, health),
    checkClock(),
    checkRivals(health?.path, addressOfProxy(boot)),
    checkControl(boot),
    checkWeb(boot),
  ]);
  return [
    ok("boot settings", `valid (${existsSync(configFile) ? `${configFile} and ` : ""}the environment)`),
    ...store,
    secrets,
    ...judgeProxy(boot, health),
    ...judgeHosts(hosts, boot.hostName, Date.now()),
    tables,
    ...judgeWaysAround(boot, health, readListeningSockets()),
    ...pbx,
    control,
    ...web,
    rivals,
    ...checkDisk(boot.stateFolder),
    clock,
  ];
}

/** Where a PBX of this host sees the relay's requests come from: the address it is reached at itself. */
function addressOfProxy({ pbx }: Config["boot"]): string {
  return localPlace(pbx).address;
}

/** A store that does not answer is told by its own check. */
async function readHostsIfPossible(boot: Config["boot"]): Promise<Host[]> {
  try {
    const redis = await openBriefConnection(boot);
    try {
      return await readHosts(redis);
    } finally {
      redis.disconnect();
    }
  } catch {
    return [];
  }
}
