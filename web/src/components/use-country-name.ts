/** Names of countries in the reader's language. */
import { useCallback, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";

/** Takes an ISO 3166-1 code, or "" for a country that is not known. */
export function useCountryName(): (code: string) => string {
  const locale = useLocale();
  const t = useTranslations("terms");
  const names = useMemo(() => new Intl.DisplayNames([locale], { type: "region", fallback: "code" }), [locale]);
  return useCallback((code) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : t("countryUnknown")), [names, t]);
}
