/** `sipprot settings get|set`: the policy settings, in force on every host within a second. */
import { defaultSettings, type Settings, settingNames, settingsSchema } from "@sipprot/shared/settings";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { changeSetting, findSettingName } from "../../services/settings.ts";
import type { Session } from "../session.ts";
import { drawTable } from "../table.ts";

export async function showSettings(session: Session, name: string | undefined): Promise<void> {
  const known = name === undefined ? undefined : findSettingName(name);
  const read = await session.withStore(({ redis }) => readSettings(redis));
  if (known !== undefined) {
    session.answer({ [known]: read.settings[known] }, () => formatValue(read.settings[known]));
    return;
  }
  session.answer(read.settings, () => {
    const lines = [drawSettings(read.settings)];
    for (const other of read.unknown) lines.push(`not known to this version, ignored: ${other}`);
    for (const other of read.refused)
      lines.push(`stored with a value this version cannot accept, the default holds: ${other}`);
    return lines.join("\n");
  });
}

export async function setSetting(session: Session, name: string, text: string): Promise<void> {
  const change = await session.withStore(({ redis, author }) => changeSetting(redis, name, text, author.by));
  session.log.info({ setting: change.name, before: change.before, after: change.after }, "setting changed");
  session.answer(change, () =>
    [
      `${change.name}: ${formatValue(change.before)} -> ${formatValue(change.after)}`,
      ...change.warnings.map((warning) => `note: ${warning}`),
    ].join("\n"),
  );
}

function drawSettings(settings: Settings): string {
  return drawTable(
    [
      { heading: "SETTING", align: "left" },
      { heading: "VALUE", align: "left" },
      { heading: "DEFAULT", align: "left" },
      { heading: "WHAT IT DOES", align: "left" },
    ],
    settingNames.map((name) => [
      name,
      shorten(formatValue(settings[name])),
      shorten(formatValue(defaultSettings[name])),
      settingsSchema.shape[name].description ?? "",
    ]),
  );
}

/** A value as `settings set` takes it. */
function formatValue(value: Settings[keyof Settings]): string {
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** Long lists would tear the table; `settings get NAME` shows them whole. */
function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
