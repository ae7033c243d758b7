/** One row of the log, drawn anew only when it changes. */
"use client";
import type { EventRow } from "@sipprot/shared/event-log";
import { memo } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "../../components/data-column.ts";
import { DataTableRow } from "../../components/data-table-row.tsx";
import { EventDetails, type EventDetailsProps } from "./event-details.tsx";

export interface LogRowProps extends Pick<EventDetailsProps, "onFilter" | "onRule"> {
  readonly row: EventRow;
  readonly columns: ReadonlyArray<DataColumn<EventRow>>;
  readonly isUnfolded: boolean;
  readonly onUnfold: (key: string) => void;
}

export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { row, columns, isUnfolded, onUnfold, onFilter, onRule } = props;
  const t = useTranslations("events");
  return (
    <DataTableRow
      row={row}
      rowKey={row.key}
      columns={columns}
      label={t("rowLabel", { source: row.event.source })}
      isUnfolded={isUnfolded}
      onUnfold={() => onUnfold(row.key)}
      selection={undefined}
      pageKeys={none}
      unfold={({ event }) => <EventDetails event={event} onFilter={onFilter} onRule={onRule} />}
      rowActions={undefined}
    />
  );
});

const none: readonly string[] = [];
