/** Texts, language and time zone for everything below; the browser's zone is told to the server for the next page. */
"use client";
import { type ReactNode, useEffect, useState } from "react";
import { type AbstractIntlMessages, IntlProvider } from "use-intl";
import { type Locale, TIME_ZONE_COOKIE } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";

export interface LanguageProviderProps {
  readonly locale: Locale;
  readonly messages: AbstractIntlMessages;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly children: ReactNode;
}

export function LanguageProvider({ locale, messages, timeZone, nowMs, children }: LanguageProviderProps) {
  const [zone, setZone] = useState(timeZone);
  const [now] = useState(() => new Date(nowMs));
  useEffect(() => {
    const { timeZone: ofBrowser } = Intl.DateTimeFormat().resolvedOptions();
    if (ofBrowser === timeZone) return;
    keepChoice(TIME_ZONE_COOKIE, ofBrowser);
    setZone(ofBrowser);
  }, [timeZone]);
  return (
    <IntlProvider locale={locale} messages={messages as never} timeZone={zone} now={now}>
      {children}
    </IntlProvider>
  );
}
