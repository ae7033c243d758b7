/** What is dangerous about a change, in a sentence each. */
import type { Danger } from "@sipprot/shared/settings-danger";
import { useMemo } from "react";
import { useTranslations } from "use-intl";

export function useDangerWords(): Readonly<Record<Danger, string>> {
  const t = useTranslations("settings");
  return useMemo(
    () => ({
      protecting: t("dangerProtecting"),
      countries: t("dangerCountries"),
      "whole-host": t("dangerWholeHost"),
      "fail-closed": t("dangerFailClosed"),
      "fewer-protocols": t("dangerProtocols"),
    }),
    [t],
  );
}
