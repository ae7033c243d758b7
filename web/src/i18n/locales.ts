/** The languages there are, and which one a reader gets: their own setting, then the one last chosen here, then the browser's. Pure. */
import { type Language, languages } from "@sipprot/shared/language";

export const locales = languages;
export type Locale = Language;
/** Each in its own words, for the language menu. */
export const localeNames: Record<Locale, string> = { en: "English", fr: "Français" };

/** Cookie of the language chosen in this browser, read before anybody has signed in. */
export const LOCALE_COOKIE = "sipprot-language";
/** Cookie of the browser's time zone: the server words times as the browser will. */
export const TIME_ZONE_COOKIE = "sipprot-time-zone";

/** What is known of a reader's wishes, the strongest first. */
export interface LocaleWishes {
  readonly ofUser?: string | undefined;
  readonly ofCookie?: string | undefined;
  /** The Accept-Language header. */
  readonly ofBrowser?: string | undefined;
}

/** The language to answer in. */
export function chooseLocale({ ofUser, ofCookie, ofBrowser }: LocaleWishes): Locale {
  return findLocale(ofUser) ?? findLocale(ofCookie) ?? readAcceptLanguage(ofBrowser ?? "") ?? "en";
}

/** The zone when it is one, else UTC. */
export function chooseTimeZone(...wishes: ReadonlyArray<string | undefined>): string {
  return wishes.find((zone) => zone !== undefined && isTimeZone(zone)) ?? "UTC";
}

/** The first of our languages in the header, by its weights. */
function readAcceptLanguage(header: string): Locale | undefined {
  return header
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.map((text) => text.trim()).find((text) => text.startsWith("q="));
      return { locale: findLocale(tag), weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ locale, weight }) => locale !== undefined && weight > 0)
    .sort((one, other) => other.weight - one.weight)[0]?.locale;
}

/** `fr`, `fr-CA` and `FR` are French. */
function findLocale(tag: string | undefined): Locale | undefined {
  const language = tag?.trim().toLowerCase().split("-")[0];
  return locales.find((locale) => locale === language);
}

function isTimeZone(zone: string): boolean {
  try {
    return zone.length <= 64 && new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
