/** The policy settings, as the procedures use them. */
import type { BootView } from "@sipprot/shared/boot-view";
import type { Settings } from "@sipprot/shared/settings";
import type { PendingView, SettingsApplied } from "@sipprot/shared/settings-change";
import type { SettingsPreview } from "@sipprot/shared/settings-preview";
import type { Actor } from "../actor.ts";

/** Names of the settings to change, with their new values. */
export type SettingsPatch = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export interface SettingsPort {
  readonly get: () => Promise<{ settings: Settings; unknown: string[]; refused: string[] }>;
  readonly change: (patch: SettingsPatch, actor: Actor) => Promise<{ settings: Settings; warnings: string[] }>;
  /** On the values that were seen; a dangerous change is undone unless it is confirmed. */
  readonly save: (patch: SettingsPatch, from: SettingsPatch, actor: Actor) => Promise<SettingsApplied>;
  readonly pending: () => Promise<PendingView>;
  readonly confirm: (id: string, actor: Actor) => Promise<PendingView>;
  readonly undo: (id: string, actor: Actor) => Promise<PendingView>;
  readonly preview: (patch: SettingsPatch, actor: Actor) => Promise<SettingsPreview>;
  readonly boot: () => BootView;
}
