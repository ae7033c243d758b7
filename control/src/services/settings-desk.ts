/** The policy settings as pages and programs change them: several at once, guarded as on the command line. */
import type { Settings } from "@sipprot/shared/settings";
import { changeSettings, readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import type { SettingsPort } from "../api/ports/settings.ts";
import { findSettingName, refuseLockOut, warn } from "./settings.ts";

export function createSettingsService(redis: Redis): SettingsPort {
  return {
    get: async () => {
      const { settings, unknown, refused } = await readSettings(redis);
      return { settings, unknown: [...unknown], refused: [...refused] };
    },

    change: async (patch, actor) => {
      const given = Object.fromEntries(
        Object.entries(patch).filter(([, value]) => value !== undefined),
      ) as Partial<Settings>;
      const names = Object.keys(given).map(findSettingName);
      const { settings: before } = await readSettings(redis);
      const first = names[0];
      if (first === undefined) return { settings: before, warnings: [] };
      refuseLockOut({ ...before, ...given }, first, JSON.stringify(given[first]) ?? "");
      const settings = await changeSettings(redis, given, actor.by);
      const pick = (from: Settings) => Object.fromEntries(names.map((name) => [name, from[name]]));
      actor.tell({ before: pick(before), after: pick(settings) });
      return { settings, warnings: [...new Set(names.flatMap((name) => warn(name, settings)))] };
    },
  };
}
