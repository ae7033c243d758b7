/** Texts, language and time zone for everything below; the browser's zone is told to the server for the next page. */
"use client";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { IntlProvider } from "use-intl";
import { type Locale, TIME_ZONE_COOKIE } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";

export interface LanguageProviderProps {
  readonly locale: Locale;
  /** Compiled texts as JSON. */
  readonly messages: string;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly children: ReactNode;
}

export function LanguageProvider({ locale, messages, timeZone, nowMs, children }: LanguageProviderProps) {
  const [zone, setZone] = useState(timeZone);
  const [now] = useState(() => new Date(nowMs));
  // Compiled texts have another shape than the written ones that the types know.
  const texts = useMemo(() => JSON.parse(messages) as never, [messages]);
  useEffect(() => {
    const { timeZone: ofBrowser } = Intl.DateTimeFormat().resolvedOptions();
    if (ofBrowser === timeZone) return;
    keepChoice(TIME_ZONE_COOKIE, ofBrowser);
    setZone(ofBrowser);
  }, [timeZone]);
  return (
    <IntlProvider locale={locale} messages={texts} timeZone={zone} now={now}>
      {children}
    </IntlProvider>
  );
}
