/** The policy settings, as the procedures use them. */
import type { Settings } from "@sipprot/shared/settings";
import type { Actor } from "../actor.ts";

/** Names of the settings to change, with their new values. */
export type SettingsPatch = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export interface SettingsPort {
  readonly get: () => Promise<{ settings: Settings; unknown: string[]; refused: string[] }>;
  readonly change: (patch: SettingsPatch, actor: Actor) => Promise<{ settings: Settings; warnings: string[] }>;
}
