/** Why a line of a file was not taken, in the reader's language. */
import type { LineFlaw } from "@sipprot/shared/list-csv";
import { useMemo } from "react";
import { useTranslations } from "use-intl";

export function useFlawNames(): Readonly<Record<LineFlaw, string>> {
  const t = useTranslations("lists");
  return useMemo(
    () => ({
      "record-too-long": t("flawTooLong"),
      "too-many-cells": t("flawTooManyCells"),
      "stray-quote": t("flawStrayQuote"),
      "quote-not-closed": t("flawOpenQuote"),
      "bad-network": t("flawNetwork"),
      "note-too-long": t("flawNote"),
      "bad-time": t("flawTime"),
      "name-too-long": t("flawName"),
      expired: t("flawExpired"),
      "guarded-network": t("flawGuarded"),
      "list-full": t("flawListFull"),
      "not-on-the-list": t("flawNotThere"),
    }),
    [t],
  );
}
