/** A moment as people say it: the time alone on the same day, else with the date. */
import { useCallback } from "react";
import { useFormatter } from "use-intl";
import { serverNowMs } from "../../trpc/server-clock.ts";

export function useMomentText(): (atMs: number) => string {
  const format = useFormatter();
  return useCallback(
    (atMs) => {
      const at = new Date(atMs);
      const day = (date: Date) => format.dateTime(date, { dateStyle: "short" });
      const isToday = day(at) === day(new Date(serverNowMs()));
      return format.dateTime(at, isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
    },
    [format],
  );
}
