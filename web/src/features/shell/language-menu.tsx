/** Chooses the language; the page is rendered in it at once, and this browser keeps it. */
"use client";
import { ActionIcon, Menu } from "@mantine/core";
import Check from "lucide-react/icons/check";
import Languages from "lucide-react/icons/languages";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import { LOCALE_COOKIE, localeNames, locales } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";

export function LanguageMenu() {
  const t = useTranslations("shell");
  const current = useLocale();
  const router = useRouter();
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <ActionIcon size={36} aria-label={t("language", { language: localeNames[current] })}>
          <Languages size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {locales.map((locale) => (
          <Menu.Item
            key={locale}
            lang={locale}
            aria-current={locale === current || undefined}
            rightSection={locale === current ? <Check size={14} aria-hidden /> : undefined}
            onClick={() => {
              keepChoice(LOCALE_COOKIE, locale);
              router.refresh();
            }}
          >
            {localeNames[locale]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
