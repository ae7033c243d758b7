/** What was sent and what was not taken, with what the other side said. */
"use client";
import type { NotificationRecord } from "@sipprot/shared/notification";
import { MAX_NOTIFICATION_RECORDS } from "@sipprot/shared/redis-keys";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleX from "lucide-react/icons/circle-x";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "../../components/data-column.ts";
import { DataTable } from "../../components/data-table.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useTableState } from "../../components/use-table-state.ts";
import { WireText } from "../../components/wire-text.tsx";
import { useTRPC } from "../../trpc/trpc.ts";

const LOOK_EVERY_MS = 15_000;

export function HistorySection() {
  const t = useTranslations("notifications");
  const trpc = useTRPC();
  const state = useTableState(["atMs"], { descending: true });
  const { page, size } = state;
  const history = useQuery(
    trpc.notifications.history.queryOptions(
      { page, size },
      { refetchInterval: LOOK_EVERY_MS, placeholderData: keepPreviousData },
    ),
  );
  const columns = useMemo<ReadonlyArray<DataColumn<NotificationRecord, "atMs">>>(() => {
    const kinds = { test: t("kindTest"), attacks: t("kindAttacks"), "daily-report": t("kindDailyReport") };
    return [
      { id: "at", header: t("time"), isTitle: true, cell: ({ atMs }) => <DateTime atMs={atMs} /> },
      { id: "channel", header: t("channel"), cell: ({ channel }) => (channel === "mail" ? t("mail") : t("webhook")) },
      { id: "kind", header: t("what"), cell: ({ kind, subject }) => <span title={subject}>{kinds[kind]}</span> },
      {
        id: "outcome",
        header: t("outcome"),
        cell: ({ isTaken }) =>
          isTaken ? (
            <StatusBadge icon={CircleCheck} color="green" label={t("taken")} />
          ) : (
            <StatusBadge icon={CircleX} color="red" label={t("notTaken")} />
          ),
      },
      { id: "answer", header: t("answer"), cell: ({ answer }) => <WireText text={answer} /> },
    ];
  }, [t]);
  return (
    <SectionCard title={t("history")} note={t("historyNote", { count: MAX_NOTIFICATION_RECORDS })}>
      <DataTable
        label={t("history")}
        query={history}
        columns={columns}
        state={state}
        rowKey={(row) => `${row.atMs} ${row.channel} ${row.kind}`}
        rowLabel={(row) => row.subject}
        empty={{ title: t("historyNone"), text: t("historyNoneText") }}
      />
    </SectionCard>
  );
}
