/** Puts the services together for the server. Each part adds its own here. */
import type { Redis } from "ioredis";
import type { Services } from "../api/context.ts";
import { type Config, installationFolder } from "../config.ts";
import { createAuditService } from "./audit.ts";
import { createAuthService } from "./auth.ts";
import { createBlocksService } from "./block-desk.ts";
import { createBrandingService } from "./branding.ts";
import { findGuardedNetworks } from "./caller.ts";
import { createEventsService } from "./events.ts";
import { createSetupService } from "./first-run.ts";
import { createHostsService } from "./hosts.ts";
import { createListsService } from "./list-desk.ts";
import { ProcessManager } from "./process-manager.ts";
import { askProxyHealth } from "./proxy-health.ts";
import { createProxyService } from "./proxy-service.ts";
import { openReporting } from "./reporting.ts";
import { readSecretSeal } from "./secret-seal.ts";
import { createSettingsService } from "./settings-desk.ts";
import { MirrorKeeper } from "./store-mirror.ts";
import { createTokensService } from "./tokens.ts";
import { createUsersService } from "./users.ts";

/** `reporting` is given by whoever starts it; without, nothing is notified and no feed is followed. */
export function assembleServices(
  redis: Redis,
  config: Config,
  nowMs: () => number,
  reporting = openReporting(
    redis,
    readSecretSeal(config.boot),
    config.boot.hostName,
    findGuardedNetworks(config.boot, {}),
    nowMs,
  ),
): Services {
  const { boot, configFile } = config;
  const manager = new ProcessManager({ installationFolder, configFile, stateFolder: boot.stateFolder });
  const programs = createProxyService(manager, async () => (await askProxyHealth(boot.health))?.placedAtMs);
  // What the connections of the copy complain of, the server's own connection to the same store tells already.
  const mirror = new MirrorKeeper(boot, () => undefined);
  return {
    ...reporting.ports,
    audit: createAuditService(redis, nowMs),
    auth: createAuthService(redis, readSecretSeal(boot)),
    blocks: createBlocksService(redis, mirror),
    branding: createBrandingService(redis),
    events: createEventsService(redis, mirror, () => findGuardedNetworks(boot, {})),
    hosts: createHostsService(redis, boot.hostName),
    lists: createListsService(redis, mirror, () => findGuardedNetworks(boot, {}), nowMs),
    services: programs,
    settings: createSettingsService(redis, config),
    setup: createSetupService(redis, config, programs),
    tokens: createTokensService(redis),
    users: createUsersService(redis),
  };
}
