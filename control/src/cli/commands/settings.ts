/** `sipprot settings get|set`: the policy settings, in force on every host within a second. */
import {
  defaultSettings,
  type SettingName,
  type Settings,
  settingNames,
  settingsSchema,
} from "@sipprot/shared/settings";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { changeSetting, findSettingName } from "../../services/settings.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";

export async function showSettings(session: Session, name: string | undefined): Promise<void> {
  const known = name === undefined ? undefined : findSettingName(name);
  const read = await session.withStore(({ redis }) => readSettings(redis));
  if (known !== undefined) {
    session.answer({ [known]: read.settings[known] }, () => formatValue(read.settings[known]));
    return;
  }
  session.answer(read.settings, () => {
    const lines = [drawSettings(session, read.settings)];
    for (const other of read.unknown) lines.push(`not known to this version, ignored: ${other}`);
    for (const other of read.refused)
      lines.push(`stored with a value this version cannot accept, the default holds: ${other}`);
    return lines.join("\n");
  });
}

export async function setSetting(session: Session, name: string, text: string): Promise<void> {
  const change = await withAudit(session, "settings.change", { [name]: text }, async (redis, actor) => {
    const changed = await changeSetting(redis, name, text, actor.by);
    actor.tell({ before: { [changed.name]: changed.before }, after: { [changed.name]: changed.after } });
    return changed;
  });
  session.log.info({ setting: change.name, before: change.before, after: change.after }, "setting changed");
  session.answer(change, () =>
    [
      `${change.name}: ${formatValue(change.before)} -> ${formatValue(change.after)}`,
      ...change.warnings.map((warning) => `note: ${warning}`),
    ].join("\n"),
  );
}

function drawSettings(session: Session, settings: Settings): string {
  return session.table(
    [
      { heading: "SETTING", align: "left" },
      { heading: "VALUE", align: "left", wraps: true },
      { heading: "WHAT IT DOES", align: "left", wraps: true },
    ],
    settingNames.map((name) => [name, shorten(formatValue(settings[name])), describeSetting(settings, name)]),
  );
}

/** What a setting does; where it was changed, also what it would be by default. */
function describeSetting(settings: Settings, name: SettingName): string {
  const { description = "" } = settingsSchema.shape[name];
  const usual = formatValue(defaultSettings[name]);
  return formatValue(settings[name]) === usual ? description : `${description} (default: ${shorten(usual)})`;
}

/** A value as `settings set` takes it. */
function formatValue(value: Settings[keyof Settings]): string {
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** Long lists would tear the table; `settings get NAME` shows them whole. */
function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
