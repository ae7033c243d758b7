/** The policy settings in Redis: only what differs from the default is kept there. */
import type { Redis } from "ioredis";
import { SipprotError } from "../errors.ts";
import { redisKeys } from "../redis-keys.ts";
import { defaultSettings, type SettingName, type Settings, settingNames, settingsSchema } from "../settings.ts";
import { commitDecided } from "./change-stream.ts";

export interface SettingsRead {
  readonly settings: Settings;
  /** Names this version does not know, as written by a newer one. */
  readonly unknown: readonly string[];
  /** Names whose stored value this version cannot accept; the default holds. */
  readonly refused: readonly string[];
}

/** Makes settings of whatever was stored: what is unknown or not acceptable is left out and named. Never throws. */
export function acceptSettings(stored: Readonly<Record<string, unknown>>): SettingsRead {
  const accepted: Record<string, unknown> = {};
  const unknown: string[] = [];
  const refused: string[] = [];
  for (const [name, value] of Object.entries(stored)) {
    const known = settingNames.find((candidate) => candidate === name);
    if (known === undefined) unknown.push(name);
    else {
      const parsed = settingsSchema.shape[known].safeParse(value);
      if (parsed.success) accepted[known] = parsed.data;
      else refused.push(name);
    }
  }
  return { settings: settingsSchema.parse(accepted), unknown, refused };
}

/** Reads the settings: defaults, and what the operator changed. */
export async function readSettings(redis: Redis): Promise<SettingsRead> {
  const stored: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(await redis.hgetall(redisKeys.settings))) {
    try {
      stored[name] = JSON.parse(text);
    } catch {
      stored[name] = null;
    }
  }
  return acceptSettings(stored);
}

/**
 * Changes some settings and tells every host; the others stay. Returns all settings as they are now.
 *
 * Throws `bad-setting` naming setting, value and what was expected; then nothing is changed.
 */
export async function changeSettings(redis: Redis, patch: Partial<Settings>, by: string): Promise<Settings> {
  const checked = checkPatch(patch);
  const { outcome } = await commitDecided(redis, async () => {
    const settings: Settings = { ...(await readSettings(redis)).settings, ...checked };
    const work = { commands: settingCommands(checked), changes: [{ kind: "settings" as const, settings }], by };
    return { work, outcome: settings };
  });
  return outcome;
}

/** The patch with every value as its schema gives it. Throws `bad-setting` naming setting, value and what was expected. */
export function checkPatch(patch: Partial<Settings>): Partial<Settings> {
  const checked = new Map<SettingName, unknown>();
  for (const [name, value] of Object.entries(patch)) {
    const known = settingNames.find((candidate) => candidate === name);
    const parsed = known === undefined ? undefined : settingsSchema.shape[known].safeParse(value);
    if (known === undefined || parsed === undefined || !parsed.success || value === undefined) {
      throw new SipprotError("bad-setting", `${name} cannot be ${JSON.stringify(value)?.slice(0, 80)}`, {
        field: name,
        value: JSON.stringify(value)?.slice(0, 80) ?? "nothing",
        expected: parsed?.error?.issues.map((issue) => issue.message).join("; ") ?? settingNames.join(", "),
      });
    }
    checked.set(known, parsed.data);
  }
  return Object.fromEntries(checked) as Partial<Settings>;
}

/** The commands that write checked settings: what is as by default is not kept. */
export function settingCommands(checked: Partial<Settings>): string[][] {
  return settingNames
    .filter((name) => checked[name] !== undefined)
    .map((name) =>
      isSameValue(checked[name], defaultSettings[name])
        ? ["HDEL", redisKeys.settings, name]
        : ["HSET", redisKeys.settings, name, JSON.stringify(checked[name])],
    );
}

/** True for two values of a setting that are alike; the order of a list counts. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
