/** Changes that are not saved yet: what was edited, on which values, and where somebody else was faster. Pure. */
import { type SettingName, type Settings, settingNames, settingsSchema } from "@sipprot/shared/settings";

/** A value as it is typed: a number field may be empty for a while. */
export type Typed = Settings[SettingName] | undefined;

export interface Draft {
  readonly edits: { readonly [Name in SettingName]?: Typed };
  /** The value in force when the setting was first edited. */
  readonly bases: { readonly [Name in SettingName]?: Typed };
}

export const emptyDraft: Draft = { edits: {}, bases: {} };

/** One change as it is reviewed. */
export interface Change {
  readonly name: SettingName;
  readonly from: Typed;
  readonly to: Typed;
}

/** Edits a setting; back to the value in force is no edit any more. */
export function editSetting(draft: Draft, settings: Settings, name: SettingName, value: Typed): Draft {
  if (isSame(value, settings[name])) return forget(draft, name);
  const base = name in draft.bases ? draft.bases[name] : settings[name];
  return { edits: { ...draft.edits, [name]: value }, bases: { ...draft.bases, [name]: base } };
}

/** Gives an edit up: the value in force holds. */
export function forget(draft: Draft, name: SettingName): Draft {
  const { [name]: _edit, ...edits } = draft.edits;
  const { [name]: _base, ...bases } = draft.bases;
  return { edits, bases };
}

/** Keeps an edit against a value that somebody else set meanwhile. */
export function keepMine(draft: Draft, settings: Settings, name: SettingName): Draft {
  return { ...draft, bases: { ...draft.bases, [name]: settings[name] } };
}

/** The draft without what is in force by now. */
export function settle(draft: Draft, settings: Settings): Draft {
  return editedNames(draft)
    .filter((name) => isSame(draft.edits[name], settings[name]))
    .reduce(forget, draft);
}

export function editedNames(draft: Draft): SettingName[] {
  return settingNames.filter((name) => name in draft.edits);
}

/** The settings as they would be. */
export function withEdits(draft: Draft, settings: Settings): Settings {
  return { ...settings, ...draft.edits } as Settings;
}

export function listChanges(draft: Draft, settings: Settings): Change[] {
  return editedNames(draft).map((name) => ({ name, from: settings[name], to: draft.edits[name] }));
}

/** Edited settings that somebody else has set to something else since the edit began. */
export function findConflicts(draft: Draft, settings: Settings): SettingName[] {
  return editedNames(draft).filter(
    (name) => !isSame(draft.bases[name], settings[name]) && !isSame(draft.edits[name], settings[name]),
  );
}

/** True when the server's own schema takes the value. */
export function isAcceptable(name: SettingName, value: Typed): boolean {
  return value !== undefined && settingsSchema.shape[name].unwrap().safeParse(value).success;
}

/** Edited settings that cannot be saved: by their schema, and allow mode without a country, which refuses everybody. */
export function findMistakes(draft: Draft, settings: Settings): SettingName[] {
  const { geoMode, geoCountries } = withEdits(draft, settings);
  const isEmptyAllow = geoMode === "allow" && geoCountries.length === 0;
  const edited = editedNames(draft);
  const wrong = edited.filter((name) => !isAcceptable(name, draft.edits[name]));
  const isNew = isEmptyAllow && (edited.includes("geoMode") || edited.includes("geoCountries"));
  return isNew && !wrong.includes("geoCountries") ? [...wrong, "geoCountries"] : wrong;
}

/** Reads a draft that was kept; what is none of these settings is left out. */
export function readDraft(text: string | null): Draft {
  try {
    const raw: unknown = JSON.parse(text ?? "");
    const { edits, bases } = raw as { edits: Record<string, Typed>; bases: Record<string, Typed> };
    const names = settingNames.filter((name) => name in edits && isAcceptable(name, bases[name]));
    const pick = (from: Record<string, Typed>) => Object.fromEntries(names.map((name) => [name, from[name]]));
    return { edits: pick(edits), bases: pick(bases) };
  } catch {
    return emptyDraft;
  }
}

/** True for alike values; the order of a list counts. */
export function isSame(one: Typed, other: Typed): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
