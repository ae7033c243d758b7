/** A window of time as people say it: "in one minute", "within 90 seconds". */
import { useCallback } from "react";
import { useTranslations } from "use-intl";

export function useWindowText(): (seconds: number) => string {
  const t = useTranslations("why");
  return useCallback(
    (seconds) =>
      seconds % 60 === 0 ? t("withinMinutes", { count: seconds / 60 }) : t("withinSeconds", { count: seconds }),
    [t],
  );
}
