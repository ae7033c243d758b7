/** Chooses the language; the page is rendered in it at once, and this browser and the account keep it. */
"use client";
import Languages from "lucide-react/icons/languages";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import { LazyMenu } from "../../components/lazy-menu.tsx";
import { LOCALE_COOKIE, localeNames, locales } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";
import { usePreferences } from "./use-preferences.ts";

export function LanguageMenu() {
  const t = useTranslations("shell");
  const current = useLocale();
  const router = useRouter();
  const { change } = usePreferences();
  return (
    <LazyMenu
      label={t("language", { language: localeNames[current] })}
      icon={<Languages size={18} aria-hidden />}
      choices={locales.map((locale) => ({
        label: localeNames[locale],
        lang: locale,
        isCurrent: locale === current,
        onChoose: () => {
          keepChoice(LOCALE_COOKIE, locale);
          change({ language: locale });
          router.refresh();
        },
      }))}
    />
  );
}
