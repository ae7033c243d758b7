/** What to do about a verdict, for somebody who is asked "why does my phone not work?". */
"use client";
import type { Explanation } from "@sipprot/shared/block-page";
import { useTranslations } from "use-intl";
import type { Translate } from "../../i18n/translate.ts";

export function AdviceText({ known }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  switch (known.verdict) {
    case "allowed":
      return t("adviceAllowed");
    case "denied":
      return t("adviceDenied");
    case "country-refused":
      return t("adviceCountry");
    case "account-blocked":
      return known.accounts.some(({ isStuckPhone }) => isStuckPhone) ? t("adviceStuckPhone") : t("adviceAccount");
    case "blocked":
      return adviceOnBlock(known, t);
    case "judged-by-message":
      return known.blocks.length > 0 ? t("adviceInner") : known.events.length > 0 ? t("adviceLately") : t("adviceFine");
  }
}

function adviceOnBlock(known: Explanation, t: Translate<"why">): string {
  switch (known.blocks.find(({ account }) => account === undefined)?.gate) {
    case "guessing":
      return t("adviceGuessing");
    case "scanner":
      return t("adviceScanner");
    case "flood":
      return t("adviceFlood");
    default:
      return t("adviceBlocked");
  }
}
