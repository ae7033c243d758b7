/** `sipprot settings get|set|pending|confirm|undo`: the policy settings, in force on every host within a second. */
import {
  defaultSettings,
  parseSetting,
  type SettingName,
  type Settings,
  settingNames,
  settingsSchema,
} from "@sipprot/shared/settings";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { signedInAddress } from "../../services/caller.ts";
import { keepCountries } from "../../services/country.ts";
import { guardOwnAddress } from "../../services/own-address.ts";
import { applySettings, decidePending, viewPending } from "../../services/provisional-settings.ts";
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

export interface SetOptions {
  /** Undo the change by itself after SIPPROT_CONFIRM_SECONDS, unless it is confirmed; only dangerous ones are. */
  readonly trial?: boolean;
}

export async function setSetting(
  session: Session,
  name: string,
  text: string,
  { trial = false }: SetOptions,
): Promise<void> {
  if (trial) return trySetting(session, name, text);
  const change = await withAudit(session, "settings.change", { [name]: text }, async (redis, actor) => {
    const own = await guardOwnAddress(redis, keepCountries(), ownAddress(session), parseSetting(name, text));
    const changed = await changeSetting(redis, name, text, actor.by);
    actor.tell({ before: { [changed.name]: changed.before }, after: { [changed.name]: changed.after } });
    return { ...changed, warnings: [...changed.warnings, ...own] };
  });
  session.log.info({ setting: change.name, before: change.before, after: change.after }, "setting changed");
  session.answer(change, () =>
    [
      `${change.name}: ${formatValue(change.before)} -> ${formatValue(change.after)}`,
      ...change.warnings.map((warning) => `note: ${warning}`),
    ].join("\n"),
  );
}

async function trySetting(session: Session, name: string, text: string): Promise<void> {
  const patch = parseSetting(name, text);
  const known = findSettingName(name);
  const { confirmSeconds } = session.config.boot;
  const applied = await withAudit(session, "settings.save", { patch }, (redis, actor) =>
    applySettings(redis, keepCountries(), { patch, from: {} }, confirmSeconds, {
      ...actor,
      address: ownAddress(session),
    }),
  );
  session.answer(applied, () =>
    [
      `${known}: ${formatValue(applied.settings[known])}`,
      applied.pending === null
        ? "not dangerous: it stays"
        : `undone in ${confirmSeconds} s, unless you confirm it: sipprot settings confirm`,
      ...applied.warnings.map((warning) => `note: ${warning}`),
    ].join("\n"),
  );
}

/** What waits for a confirmation, and how the last one ended. */
export async function showPending(session: Session): Promise<void> {
  const view = await session.withStore(({ redis }) => viewPending(redis));
  session.answer(view, () => {
    const { pending, ended } = view;
    if (pending !== null) {
      const names = Object.keys(pending.after).join(", ");
      return `${names}, changed by ${pending.by}, undone at ${new Date(pending.untilMs).toISOString()}`;
    }
    if (ended === null) return "nothing waits for a confirmation";
    return `nothing waits for a confirmation; the last change was ${ended.how.replaceAll("-", " ")} by ${ended.by}`;
  });
}

/** Ends the trial of the change that waits. */
export async function endTrial(session: Session, how: "confirmed" | "undone"): Promise<void> {
  const action = how === "confirmed" ? "settings.confirm" : "settings.undo";
  const ended = await withAudit(session, action, {}, (redis, actor) => decidePending(redis, undefined, how, actor));
  session.answer(ended, () => {
    const { change, after } = ended;
    if (how === "confirmed") return `confirmed: ${Object.keys(change.after).join(", ")}`;
    return Object.keys(after).length === 0
      ? "nothing was left to undo: the settings were changed again meanwhile"
      : `undone: ${Object.entries(after)
          .map(([name, value]) => `${name} is ${formatValue(value)} again`)
          .join(", ")}`;
  });
}

/** Where the operator is signed in from; "" at the machine itself. */
function ownAddress({ terminal }: Session): string {
  return signedInAddress(terminal.environment) ?? "";
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
