/** Puts the services together for the server. Each part adds its own here. */
import type { Redis } from "ioredis";
import type { Services } from "../api/context.ts";
import { type Config, installationFolder } from "../config.ts";
import { createAuditService } from "./audit.ts";
import { createAuthService } from "./auth.ts";
import { createHostsService } from "./hosts.ts";
import { ProcessManager } from "./process-manager.ts";
import { createProxyService } from "./proxy-service.ts";
import { createSettingsService } from "./settings-desk.ts";
import { createTokensService } from "./tokens.ts";
import { createUsersService } from "./users.ts";

export function assembleServices(redis: Redis, { boot, configFile }: Config, nowMs: () => number): Services {
  const manager = new ProcessManager({ installationFolder, configFile, stateFolder: boot.stateFolder });
  return {
    audit: createAuditService(redis, nowMs),
    auth: createAuthService(redis),
    hosts: createHostsService(redis),
    services: createProxyService(manager),
    settings: createSettingsService(redis),
    tokens: createTokensService(redis),
    users: createUsersService(redis),
  };
}
