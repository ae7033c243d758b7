/** The policy settings as pages and programs change them: several at once, guarded as on the command line. */
import type { Settings } from "@sipprot/shared/settings";
import { changeSettings, readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import type { SettingsPatch, SettingsPort } from "../api/ports/settings.ts";
import type { Config } from "../config.ts";
import { viewBoot } from "./boot-view.ts";
import { keepCountries } from "./country.ts";
import { guardOwnAddress } from "./own-address.ts";
import { previewSettings } from "./preview/preview.ts";
import { applySettings, decidePending, viewPending } from "./provisional-settings.ts";
import { findSettingName, refuseLockOut, warn } from "./settings.ts";
import { Turnstile } from "./turnstile.ts";

export function createSettingsService(redis: Redis, config: Config): SettingsPort {
  const openCountries = keepCountries();
  // A preview reads a whole day: one after the other.
  const turnstile = new Turnstile();
  return {
    get: async () => {
      const { settings, unknown, refused } = await readSettings(redis);
      return { settings, unknown: [...unknown], refused: [...refused] };
    },

    change: async (patch, actor) => {
      const given = leaveOutUndefined(patch);
      const names = Object.keys(given).map(findSettingName);
      const { settings: before } = await readSettings(redis);
      const first = names[0];
      if (first === undefined) return { settings: before, warnings: [] };
      refuseLockOut({ ...before, ...given }, first, JSON.stringify(given[first]) ?? "");
      const own = await guardOwnAddress(redis, openCountries, actor.address, given);
      const settings = await changeSettings(redis, given, actor.by);
      const pick = (from: Settings) => Object.fromEntries(names.map((name) => [name, from[name]]));
      actor.tell({ before: pick(before), after: pick(settings) });
      return { settings, warnings: [...new Set([...names.flatMap((name) => warn(name, settings)), ...own])] };
    },

    save: (patch, from, actor) => {
      const wish = { patch: leaveOutUndefined(patch), from: leaveOutUndefined(from) };
      return applySettings(redis, openCountries, wish, config.boot.confirmSeconds, actor);
    },
    pending: () => viewPending(redis),
    confirm: async (id, actor) => {
      await decidePending(redis, id, "confirmed", actor);
      return viewPending(redis);
    },
    undo: async (id, actor) => {
      await decidePending(redis, id, "undone", actor);
      return viewPending(redis);
    },
    preview: (patch, actor) => {
      // Nothing was changed: there is nothing to record.
      actor.tell({ isPart: true });
      const { address, nowMs } = actor;
      return turnstile.pass(() => previewSettings({ redis, openCountries }, leaveOutUndefined(patch), address, nowMs));
    },
    boot: () => viewBoot(config, process.env),
  };
}

function leaveOutUndefined(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Settings>;
}
