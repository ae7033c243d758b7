/** How often a feed is fetched, in words. */
import { useCallback } from "react";
import { useTranslations } from "use-intl";

const HOUR = 60;
const DAY = 1440;

export function useScheduleText(): (minutes: number) => string {
  const t = useTranslations("feeds");
  return useCallback(
    (minutes) => {
      if (minutes % DAY === 0) return t("everyDays", { count: minutes / DAY });
      if (minutes % HOUR === 0) return t("everyHours", { count: minutes / HOUR });
      return t("everyMinutes", { count: minutes });
    },
    [t],
  );
}
