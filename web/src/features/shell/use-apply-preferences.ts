/** Applies what the account says to this browser, once it is known and whenever it changes. */
import { useMantineColorScheme } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLocale } from "use-intl";
import { LOCALE_COOKIE } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";
import { usePreferredTimeZone } from "../../i18n/preferred-time-zone.ts";
import { useMe } from "../../trpc/use-me.ts";

export function useApplyPreferences(): void {
  const { language, colorScheme, timeZone } = useMe()?.preferences ?? {};
  const locale = useLocale();
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const setTimeZone = usePreferredTimeZone();
  const shownLocale = useRef(locale);
  shownLocale.current = locale;
  useEffect(() => {
    if (language === undefined || language === shownLocale.current) return;
    keepChoice(LOCALE_COOKIE, language);
    router.refresh();
  }, [language, router]);
  useEffect(() => {
    if (colorScheme !== undefined) setColorScheme(colorScheme);
  }, [colorScheme, setColorScheme]);
  useEffect(() => setTimeZone(timeZone), [timeZone, setTimeZone]);
}
