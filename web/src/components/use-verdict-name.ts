/** Names of what is done with a message or a source. */
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { Verdict } from "./verdict.ts";

export function useVerdictNames(): Readonly<Record<Verdict, string>> {
  const t = useTranslations("terms");
  return useMemo(
    () => ({
      refused: t("refused"),
      "would-refuse": t("wouldRefuse"),
      "block-began": t("blockBegan"),
      "block-extended": t("blockExtended"),
      "block-ended": t("blockEnded"),
      "denied-for-good": t("deniedForGood"),
      "sign-in-failed": t("signInFailed"),
      "stuck-phone": t("stuckPhone"),
      passed: t("passed"),
      allowed: t("allowed"),
      denied: t("denied"),
      blocked: t("blocked"),
      "country-refused": t("countryRefused"),
      "account-blocked": t("accountBlocked"),
      "judged-by-message": t("judgedByMessage"),
    }),
    [t],
  );
}
