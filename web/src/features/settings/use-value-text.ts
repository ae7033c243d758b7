/** A setting's value in words. */
import type { SettingName } from "@sipprot/shared/settings";
import { useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useCountryName } from "../../components/use-country-name.ts";
import type { Typed } from "./draft.ts";
import { splitUnit } from "./duration-unit.ts";
import { useSettingWords } from "./use-setting-words.ts";

export function useValueText(): (name: SettingName, value: Typed) => string {
  const t = useTranslations("settings");
  const format = useFormatter();
  const country = useCountryName();
  const words = useSettingWords();
  return useCallback(
    (name, value) => {
      if (value === undefined || (name === "geoDatabaseFile" && value === "")) {
        return name === "geoDatabaseFile" ? t("builtIn") : t("nothing");
      }
      if (name === "failOpen") return value === true ? t("open") : t("closed");
      if (typeof value === "boolean") return value ? t("on") : t("off");
      if (name === "mode") return value === "observe" ? t("observe") : t("protect");
      if (name === "geoMode") return value === "off" ? t("geoOff") : value === "allow" ? t("geoAllow") : t("geoDeny");
      if (name === "dynamicBlockSeconds" && typeof value === "number") {
        const { count, unit } = splitUnit(value);
        if (unit === 1) return t("durationSeconds", { count });
        if (unit === 60) return t("durationMinutes", { count });
        return unit === 3600 ? t("durationHours", { count }) : t("durationDays", { count });
      }
      if (typeof value === "number") return t("amount", { count: format.number(value), unit: words[name].unit ?? "" });
      if (typeof value === "string") return value;
      if (value.length === 0) return t("nothing");
      const shown: readonly string[] = value;
      if (name === "geoCountries") return shown.map(country).join(", ");
      return name === "protocols" ? shown.map((one) => one.toUpperCase()).join(", ") : shown.join(", ");
    },
    [t, format, country, words],
  );
}
