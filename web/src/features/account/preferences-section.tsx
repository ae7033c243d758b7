/** How the pages speak and look to one, in every browser: language, light or dark, time zone. */
"use client";
import { type MantineColorScheme, Select, SimpleGrid, useMantineColorScheme } from "@mantine/core";
import type { Language } from "@sipprot/shared/language";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useFormatter, useLocale, useNow, useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { TimeZoneSelect } from "../../components/time-zone-select.tsx";
import { LOCALE_COOKIE, localeNames, locales } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";
import { usePreferences } from "../shell/use-preferences.ts";

/** Value of what is left to the browser. */
const BY_BROWSER = "browser";

export function PreferencesSection() {
  const t = useTranslations("account");
  const shell = useTranslations("shell");
  const format = useFormatter();
  const locale = useLocale();
  const now = useNow();
  const router = useRouter();
  const { preferences, change, error } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const byBrowser = useMemo(() => ({ value: BY_BROWSER, label: t("byBrowser") }), [t]);
  return (
    <SectionCard title={t("preferences")} note={t("preferencesNote")}>
      <FormError error={error} />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <Select
          label={t("language")}
          allowDeselect={false}
          data={locales.map((value) => ({ value, label: localeNames[value] }))}
          value={preferences?.language ?? locale}
          onChange={(chosen) => {
            const language = chosen as Language;
            keepChoice(LOCALE_COOKIE, language);
            change({ language });
            router.refresh();
          }}
        />
        <Select
          label={t("appearance")}
          allowDeselect={false}
          data={[
            { value: "auto", label: shell("themeAuto") },
            { value: "light", label: shell("themeLight") },
            { value: "dark", label: shell("themeDark") },
          ]}
          value={preferences?.colorScheme ?? colorScheme}
          onChange={(chosen) => {
            const scheme = chosen as MantineColorScheme;
            setColorScheme(scheme);
            change({ colorScheme: scheme });
          }}
        />
        <TimeZoneSelect
          label={t("timeZone")}
          description={t("timeNow", { time: format.dateTime(now, { dateStyle: "medium", timeStyle: "short" }) })}
          inputWrapperOrder={["label", "input", "description", "error"]}
          first={byBrowser}
          value={preferences?.timeZone ?? BY_BROWSER}
          onChange={(timeZone) => change({ timeZone: timeZone === BY_BROWSER ? undefined : timeZone })}
        />
      </SimpleGrid>
    </SectionCard>
  );
}
