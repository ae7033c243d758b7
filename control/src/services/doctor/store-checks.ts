/** Doctor: is the store reachable, recent enough, does it keep what it is given, and does its clock agree with ours. */
import type { BootSettings } from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";
import { REDIS_LAYOUT, redisKeys } from "@sipprot/shared/redis-keys";
import { describeLocation, openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { type Diagnosis, ok, problem, skipped, warning } from "./diagnosis.ts";

/** ZADD GT and other commands of the store came with this version. */
const OLDEST_REDIS = [6, 2];
/** Blocks carry times: hosts whose clocks differ by more see blocks end early or late. */
const MAX_CLOCK_DIFFERENCE_MS = 2000;

export async function checkStore(boot: BootSettings): Promise<Diagnosis[]> {
  let redis: Redis;
  try {
    redis = await openBriefConnection(boot);
  } catch (error) {
    if (!(error instanceof SipprotError)) throw error;
    return [problem("store", error.message, error.facts.remedy ?? "npm start")];
  }
  try {
    const facts = parseInfo(await redis.info());
    return [
      ok("store", `Redis answers at ${describeLocation(boot)}`),
      judgeVersion(facts.get("redis_version") ?? ""),
      judgePersistence(facts, boot.redisUrl === undefined),
      judgeEviction(facts),
      judgeLayout(await redis.get(redisKeys.layout)),
      judgeClock(await redis.time(), Date.now()),
      await judgeSettings(redis),
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [problem("store", `Redis refuses to work: ${reason}`, "look at the log of Redis, then: npm start")];
  } finally {
    redis.disconnect();
  }
}

/** The `name:value` lines of INFO. */
export function parseInfo(text: string): Map<string, string> {
  const facts = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) facts.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return facts;
}

export function judgeVersion(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_REDIS;
  const isEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return isEnough
    ? ok("store version", `Redis ${version}`)
    : problem("store version", `Redis ${version} is too old`, `install Redis ${OLDEST_REDIS.join(".")} or later`);
}

export function judgePersistence(facts: ReadonlyMap<string, string>, isPrivate: boolean): Diagnosis {
  const name = "store persistence";
  for (const field of ["aof_last_write_status", "aof_last_bgrewrite_status", "rdb_last_bgsave_status"]) {
    const state = facts.get(field);
    if (state === undefined || state === "ok") continue;
    return problem(
      name,
      `Redis could not write to disk (${field}: ${state})`,
      "make room on its disk, look at its log",
    );
  }
  if (facts.get("aof_enabled") === "1") return ok(name, "every change is written to an append-only file");
  return isPrivate
    ? problem(name, "the private Redis keeps nothing on disk", "start it with npm start, which gives it its settings")
    : warning(
        name,
        "Redis has no append-only file: a crash loses the changes since its last snapshot",
        "in its configuration: appendonly yes",
      );
}

export function judgeEviction(facts: ReadonlyMap<string, string>): Diagnosis {
  const policy = facts.get("maxmemory_policy") ?? "noeviction";
  if (policy === "noeviction" || facts.get("maxmemory") === "0")
    return ok("store memory", "nothing is ever thrown away");
  return warning(
    "store memory",
    `Redis throws entries away when its memory is full (${policy})`,
    "in its configuration: maxmemory-policy noeviction",
  );
}

export function judgeLayout(found: string | null): Diagnosis {
  if (found === String(REDIS_LAYOUT)) return ok("store layout", `prepared, layout ${found}`);
  return found === null
    ? warning("store layout", "the store was not prepared", "sipprot setup")
    : problem(
        "store layout",
        `the store has layout ${found.slice(0, 20)}, this version reads ${REDIS_LAYOUT}`,
        "run the version of sipprot that prepared it, or name another store with SIPPROT_REDIS_URL",
      );
}

/** `time` is what Redis answers to TIME: seconds and microseconds. */
export function judgeClock(time: readonly (string | number)[], nowMs: number): Diagnosis {
  const differenceMs = Math.abs(Number(time[0]) * 1000 + Number(time[1]) / 1000 - nowMs);
  if (!Number.isFinite(differenceMs)) return skipped("store clock", "Redis does not tell its time");
  if (differenceMs <= MAX_CLOCK_DIFFERENCE_MS) return ok("store clock", "agrees with the clock of this host");
  return problem(
    "store clock",
    `differs from the clock of this host by ${(differenceMs / 1000).toFixed(1)} s: blocks would end early or late`,
    "synchronise both hosts by NTP",
  );
}

async function judgeSettings(redis: Redis): Promise<Diagnosis> {
  const name = "settings";
  const { settings, refused } = await readSettings(redis);
  if (refused.length > 0) {
    return problem(
      name,
      `stored with a value this version cannot accept, the default holds: ${refused.join(", ")}`,
      `sipprot settings set ${refused[0]} VALUE`,
    );
  }
  if (settings.mode === "observe") {
    return warning(name, "observe mode: everything is shown, nothing is refused", "sipprot settings set mode protect");
  }
  return ok(name, `protect mode, at most ${settings.blockRuleFailuresPerMinute} failed sign-ins a minute`);
}
