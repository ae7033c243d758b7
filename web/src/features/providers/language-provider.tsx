/** Texts, language and time zone for everything below; the zone is told to the server for the next page. */
"use client";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { IntlProvider } from "use-intl";
import { type Locale, TIME_ZONE_COOKIE } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";
import { PreferredTimeZoneContext } from "../../i18n/preferred-time-zone.ts";

export interface LanguageProviderProps {
  readonly locale: Locale;
  /** Compiled texts as JSON. */
  readonly messages: string;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly children: ReactNode;
}

export function LanguageProvider({ locale, messages, timeZone, nowMs, children }: LanguageProviderProps) {
  const [ofBrowser, setOfBrowser] = useState(timeZone);
  const [preferred, setPreferred] = useState<string>();
  const zone = preferred ?? ofBrowser;
  const [now] = useState(() => new Date(nowMs));
  // Compiled texts have another shape than the written ones that the types know.
  const texts = useMemo(() => JSON.parse(messages) as never, [messages]);
  useEffect(() => setOfBrowser(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  useEffect(() => {
    if (zone !== timeZone) keepChoice(TIME_ZONE_COOKIE, zone);
  }, [zone, timeZone]);
  return (
    <IntlProvider locale={locale} messages={texts} timeZone={zone} now={now}>
      <PreferredTimeZoneContext value={setPreferred}>{children}</PreferredTimeZoneContext>
    </IntlProvider>
  );
}
