/** The pending change of the settings in Redis: written, confirmed and undone in one step with the settings themselves. */
import { ENDED_CHANGE_SECONDS, redisKeys } from "@sipprot/shared/redis-keys";
import { type SettingName, type Settings, settingNames } from "@sipprot/shared/settings";
import {
  type EndedChange,
  endedChangeSchema,
  type PendingChange,
  pendingChangeSchema,
} from "@sipprot/shared/settings-change";
import { commitDecided } from "@sipprot/shared/store/change-stream";
import { isSameValue, readSettings, settingCommands } from "@sipprot/shared/store/settings-store";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";

export type Ending = EndedChange["how"];

/** What a pending change was when it ended, and which settings went back. */
export interface Ended {
  readonly change: PendingChange;
  readonly before: Partial<Settings>;
  readonly after: Partial<Settings>;
  readonly settings: Settings;
}

export async function readPendingChange(redis: Redis): Promise<PendingChange | undefined> {
  return readStoredJson(pendingChangeSchema, await redis.get(redisKeys.pendingChange));
}

/** How the last one ended, while that is kept. */
export async function readEndedChange(redis: Redis): Promise<EndedChange | undefined> {
  return readStoredJson(endedChangeSchema, await redis.get(redisKeys.endedChange));
}

/**
 * Writes checked settings, and with them what makes the change pending, if it is.
 *
 * `decide` sees the settings in force and the change that is pending, and throws to refuse; it may be asked again when
 * another change came between.
 */
export async function writeSettings(
  redis: Redis,
  checked: Partial<Settings>,
  by: string,
  decide: (before: Settings, pending: PendingChange | undefined) => PendingChange | undefined,
): Promise<{ readonly before: Settings; readonly after: Settings; readonly pending: PendingChange | undefined }> {
  const { outcome } = await commitDecided(redis, async () => {
    const [{ settings: before }, standing] = await Promise.all([readSettings(redis), readPendingChange(redis)]);
    const pending = decide(before, standing);
    const after: Settings = { ...before, ...checked };
    const commands = settingCommands(checked);
    if (pending !== undefined) commands.push(["SET", redisKeys.pendingChange, JSON.stringify(pending)]);
    const work = { commands, changes: [{ kind: "settings" as const, settings: after }], by };
    return { work, outcome: { before, after, pending } };
  });
  return outcome;
}

/** Ends the pending change of that id. Undefined when it ended before. */
export async function endPendingChange(
  redis: Redis,
  id: string,
  how: Ending,
  by: string,
  nowMs: number,
): Promise<Ended | undefined> {
  const { outcome } = await commitDecided(redis, async () => {
    const [{ settings: now }, change] = await Promise.all([readSettings(redis), readPendingChange(redis)]);
    if (change?.id !== id) return { work: { commands: [], changes: [], by }, outcome: undefined };
    const back = how === "confirmed" ? {} : findWayBack(change, now);
    const names = Object.keys(back) as SettingName[];
    const settings: Settings = { ...now, ...back };
    const ended: EndedChange = { id, how, by, atMs: nowMs };
    const commands = [
      ["DEL", redisKeys.pendingChange],
      ["SET", redisKeys.endedChange, JSON.stringify(ended), "EX", String(ENDED_CHANGE_SECONDS)],
      ...settingCommands(back),
    ];
    const changes = names.length === 0 ? [] : [{ kind: "settings" as const, settings }];
    const before = Object.fromEntries(names.map((name) => [name, now[name]])) as Partial<Settings>;
    return { work: { commands, changes, by }, outcome: { change, before, after: back, settings } };
  });
  return outcome;
}

/** What goes back: not what somebody set to something else meanwhile, and never to a state that refuses everybody. */
export function findWayBack(change: PendingChange, now: Settings): Partial<Settings> {
  const names = settingNames.filter(
    (name) => change.before[name] !== undefined && isSameValue(change.after[name], now[name]),
  );
  const back = Object.fromEntries(names.map((name) => [name, change.before[name]])) as Partial<Settings>;
  const { geoMode, geoCountries } = { ...now, ...back };
  return geoMode === "allow" && geoCountries.length === 0 ? { ...back, geoMode: "off" } : back;
}
