/** The policy settings as an operator changes them: one by name, with the warnings that belong to the dangerous ones. */
import { SipprotError } from "@sipprot/shared/errors";
import { parseSetting, type SettingName, type Settings, settingNames } from "@sipprot/shared/settings";
import { changeSettings, readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";

export interface SettingChange {
  readonly name: SettingName;
  readonly before: Settings[SettingName];
  readonly after: Settings[SettingName];
  /** What the operator should know of the new value; empty for most. */
  readonly warnings: readonly string[];
}

/**
 * Changes one setting from the text an operator typed.
 *
 * Throws `bad-setting` with name, value and what was expected; `not-permitted` for what would refuse everybody.
 */
export async function changeSetting(redis: Redis, name: string, text: string, by: string): Promise<SettingChange> {
  const patch = parseSetting(name, text);
  const known = findSettingName(name);
  const { settings: before } = await readSettings(redis);
  refuseLockOut({ ...before, ...patch }, known, text);
  const after = await changeSettings(redis, patch, by);
  return { name: known, before: before[known], after: after[known], warnings: warn(known, after) };
}

/** The setting of that name. Throws `bad-setting`. */
export function findSettingName(name: string): SettingName {
  const known = settingNames.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  throw new SipprotError("bad-setting", `there is no setting ${JSON.stringify(name.slice(0, 80))}`, {
    field: "NAME",
    value: name.slice(0, 80),
    expected: settingNames.join(", "),
    remedy: "see all settings with: sipprot settings get",
  });
}

/** Throws `not-permitted` for settings that would refuse everybody; `name` and `text` are what was changed to get there. */
export function refuseLockOut(settings: Settings, name: SettingName, text: string): void {
  if (settings.geoMode !== "allow" || settings.geoCountries.length > 0) return;
  throw new SipprotError("not-permitted", "allow mode with no countries would refuse every call from everywhere", {
    field: name,
    value: text.slice(0, 80),
    expected: "at least one country while geoMode is allow",
    remedy:
      name === "geoMode"
        ? "first name the countries: sipprot settings set geoCountries FR,BE"
        : "first switch it off: sipprot settings set geoMode off",
  });
}

/** What the operator should know of a setting's new value. */
export function warn(name: SettingName, settings: Settings): string[] {
  const warnings: string[] = [];
  if (name === "mode" && settings.mode === "observe")
    warnings.push("observe: from now on nothing is refused, only shown");
  if ((name === "geoMode" || name === "geoCountries") && settings.geoMode === "allow") {
    warnings.push(`allow mode: everything that does not come from ${settings.geoCountries.join(", ")} is refused`);
  }
  if (
    settings.geoWholeHost &&
    ["geoWholeHost", "geoMode", "geoCountries"].includes(name) &&
    settings.geoMode !== "off"
  ) {
    warnings.push("the whole host is covered: mail, archive and update servers abroad may be cut off");
  }
  if (name === "failOpen" && !settings.failOpen) warnings.push("fail-closed: when the proxy is down, nobody can call");
  if (name === "dnsProtectionOn" && settings.dnsProtectionOn) {
    warnings.push("DNS answers larger than old resolvers can take are dropped");
  }
  return warnings;
}
