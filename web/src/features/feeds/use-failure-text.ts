/** Why a fetch was not taken, in the reader's language; the server's own sentence stands beside it. */
import type { FeedFailure } from "@sipprot/shared/feed";
import { useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";

export function useFailureText(): (failure: FeedFailure) => string {
  const t = useTranslations("feeds");
  const format = useFormatter();
  return useCallback(
    ({ kind, value }) => {
      const count = format.number(Number(value) || 0);
      const texts: Record<FeedFailure["kind"], () => string> = {
        answer: () => t("failedAnswer", { value }),
        unreachable: () => t("failedUnreachable", { value }),
        late: () => t("failedLate", { count }),
        "redirected-too-often": () => t("failedRedirects", { count }),
        "redirected-nowhere": () => t("failedNowhere"),
        "redirected-unsafe": () => t("failedUnsafe", { value }),
        "redirected-inside": () => t("failedInside", { value }),
        compressed: () => t("failedCompressed", { value }),
        "too-large": () => t("failedTooLarge", { count }),
        "cut-off": () => t("failedCutOff"),
        empty: () => t("failedEmpty"),
        "no-list": () => t("failedNoList", { count }),
        "too-many": () => t("failedTooMany", { count }),
        "too-wide": () => t("failedTooWide", { value }),
        reserved: () => t("failedReserved", { value }),
        "own-address": () => t("failedOwnAddress", { value }),
        "list-full": () => t("failedListFull"),
        other: () => t("failedOther"),
      };
      return (texts[kind] ?? texts.other)();
    },
    [t, format],
  );
}
