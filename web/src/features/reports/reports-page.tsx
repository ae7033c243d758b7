/** The daily firewall report of any day, as the command line prints it: to read, print, keep, and mail. */
"use client";
import { useQuery } from "@tanstack/react-query";
import { createParser, useQueryState } from "nuqs";
import { useFormatter, useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { RefreshPicker } from "../../components/refresh-picker.tsx";
import { useTick } from "../../components/ticker.ts";
import { useRefresh } from "../../components/use-refresh.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { DayPicker } from "./day-picker.tsx";
import { MailReport } from "./mail-report.tsx";
import { ReportActions } from "./report-actions.tsx";
import { daysKept, readDay } from "./report-day.ts";
import { ReportSheet } from "./report-sheet.tsx";

const day = createParser({ parse: readDay, serialize: String }).withOptions({ history: "push" });
/** Often enough to see midnight of UTC pass. */
const CLOCK_EVERY_MS = 30_000;

export function ReportsPage() {
  const t = useTranslations("reports");
  const format = useFormatter();
  const trpc = useTRPC();
  const days = daysKept(useTick(CLOCK_EVERY_MS));
  const [date, setDate] = useQueryState("date", day.withDefault(days.last));
  const refresh = useRefresh(60);
  const isToday = date === days.last;
  const report = useQuery(
    trpc.reports.daily.queryOptions(
      { date },
      // A day that is over does not change.
      { refetchInterval: isToday ? refresh.refetchInterval : false },
    ),
  );
  const named = format.dateTime(new Date(date), { dateStyle: "full", timeZone: "UTC" });
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        isToday ? (
          <RefreshPicker
            refresh={refresh}
            updatedAtMs={report.dataUpdatedAt}
            isFetching={report.isFetching}
            onRefresh={report.refetch}
          />
        ) : undefined
      }
    >
      <DayPicker date={date} days={days} onDate={(next) => void setDate(next)} />
      <DataState
        query={report}
        skeletonRows={8}
        isEmpty={({ total }) => total === 0}
        empty={{ title: t("noneTitle", { date: named }), text: isToday ? t("noneYet") : t("noneText") }}
      >
        {(known) => <ReportSheet report={known} />}
      </DataState>
      {report.data !== undefined && (
        <>
          <ReportActions report={report.data} />
          <MailReport key={date} date={date} />
        </>
      )}
    </PageFrame>
  );
}
