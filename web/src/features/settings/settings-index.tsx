/** The groups on the side, each with how many of its settings are edited. */
"use client";
import type { SettingName } from "@sipprot/shared/settings";
import { useTranslations } from "use-intl";
import { type GroupName, groupNames, groups } from "./groups.ts";
import classes from "./settings-form.module.css";
import { useGroupNames } from "./use-setting-words.ts";

export function SettingsIndex({
  shown,
  edited,
}: {
  /** Undefined for all, and the cards below them. */
  readonly shown: readonly GroupName[] | undefined;
  readonly edited: readonly SettingName[];
}) {
  const t = useTranslations("settings");
  const titles = useGroupNames();
  const more = shown === undefined ? (["retention", "boot", "branding"] as const) : [];
  return (
    <nav className={classes.index} aria-label={t("groups")} data-print="no">
      <ul>
        {[...(shown ?? groupNames), ...more].map((group) => {
          const names: readonly SettingName[] = group in groups ? groups[group as GroupName] : [];
          const count = names.filter((name) => edited.includes(name)).length;
          return (
            <li key={group}>
              <a href={`#group-${group}`} className={classes.link}>
                {titles[group]}
                {count > 0 && (
                  <span className={classes.count} role="img" aria-label={t("changeCount", { count })}>
                    {count}
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
