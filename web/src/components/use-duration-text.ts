/** Words a length of time: "2 d 4 h", "59 min 3 s". */
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { splitDuration } from "./duration.ts";

export function useDurationText(): (totalSeconds: number) => string {
  const t = useTranslations("kit");
  return useCallback(
    (totalSeconds) => {
      const { days, hours, minutes, seconds } = splitDuration(totalSeconds);
      if (days > 0) return t("durationDays", { days, hours });
      if (hours > 0) return t("durationHours", { hours, minutes });
      if (minutes > 0) return t("durationMinutes", { minutes, seconds });
      return t("durationSeconds", { seconds });
    },
    [t],
  );
}
