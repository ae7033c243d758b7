/** Names of the gates in the reader's language. */
import type { Gate } from "@sipprot/shared/reason";
import { useMemo } from "react";
import { useTranslations } from "use-intl";

export function useGateNames(): Readonly<Record<Gate, string>> {
  const t = useTranslations("terms");
  return useMemo(
    () => ({
      allowed: t("gateAllowed"),
      denied: t("gateDenied"),
      blocked: t("gateBlocked"),
      country: t("gateCountry"),
      flood: t("gateFlood"),
      malformed: t("gateMalformed"),
      scanner: t("gateScanner"),
      guessing: t("gateGuessing"),
    }),
    [t],
  );
}
