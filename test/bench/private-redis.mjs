/** The Redis of a benchmark: as an installation's own, in a folder of the run, gone with it. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { privateRedisArguments } from "@sipprot/shared/private-redis";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { endProcess, onEnd } from "./left-over.mjs";

const READY_WITHIN_MS = 10_000;

/** Starts it; gives its location and a connection to it. */
export async function startRedis(stateFolder) {
  mkdirSync(join(stateFolder, "redis"), { mode: 0o700 });
  const server = spawn("redis-server", privateRedisArguments(stateFolder), { stdio: "ignore" });
  onEnd(() => endProcess(server));
  const location = { redisUrl: undefined, stateFolder };
  const endMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      const redis = await openBriefConnection(location);
      onEnd(() => redis.disconnect());
      return { location, redis };
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await pause(20);
    }
  }
}
