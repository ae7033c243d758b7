/** What the request says of its reader: language, time zone, how they left the navigation, whose look it has. On the server only. */
import type { Branding } from "@sipprot/shared/branding";
import { cookies, headers } from "next/headers";
import { BRANDING_HEADER, readBrandingHeader } from "../server/ask-branding.ts";
import { chooseLocale, chooseTimeZone, LOCALE_COOKIE, type Locale, TIME_ZONE_COOKIE } from "./locales.ts";
import { NAVIGATION_COOKIE } from "./preference-cookies.ts";

export interface Reader {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly isNavigationNarrow: boolean;
  /** Of this answer's content security policy; empty without one. */
  readonly nonce: string;
  readonly branding: Branding;
}

/** The reader of the page that is being rendered. */
export async function readReader(): Promise<Reader> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return {
    locale: chooseLocale({
      ofCookie: jar.get(LOCALE_COOKIE)?.value,
      ofBrowser: sent.get("accept-language") ?? undefined,
    }),
    timeZone: chooseTimeZone(jar.get(TIME_ZONE_COOKIE)?.value),
    isNavigationNarrow: jar.get(NAVIGATION_COOKIE)?.value === "narrow",
    nonce: sent.get("x-nonce") ?? "",
    branding: readBrandingHeader(sent.get(BRANDING_HEADER)),
  };
}
