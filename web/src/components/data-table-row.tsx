/** One row of a table, with what is under it when it is unfolded. */
"use client";
import { ActionIcon, Checkbox } from "@mantine/core";
import ChevronRight from "lucide-react/icons/chevron-right";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "./data-column.ts";
import classes from "./data-table.module.css";
import type { RowSelection } from "./use-selection.ts";

export interface DataTableRowProps<Row, Sort extends string> {
  readonly row: Row;
  readonly rowKey: string;
  /** Its number in the whole list, the head being 1; left out where rows are put in above it all the time. */
  readonly number?: number;
  readonly columns: ReadonlyArray<DataColumn<Row, Sort>>;
  readonly label: string;
  readonly isUnfolded: boolean;
  readonly onUnfold: () => void;
  readonly selection: RowSelection | undefined;
  readonly pageKeys: readonly string[];
  readonly unfold: ((row: Row) => ReactNode) | undefined;
  readonly rowActions: ((row: Row) => ReactNode) | undefined;
}

export function DataTableRow<Row, Sort extends string>(props: DataTableRowProps<Row, Sort>) {
  const { row, rowKey, number, columns, label, isUnfolded, onUnfold, selection, pageKeys, unfold, rowActions } = props;
  const t = useTranslations("kit");
  const detailsId = useId();
  const isChosen = selection?.has(rowKey) === true;
  const extra = (selection === undefined ? 0 : 1) + (unfold === undefined ? 0 : 1) + (rowActions === undefined ? 0 : 1);
  return (
    <>
      <tr role="row" aria-rowindex={number} data-chosen={isChosen || undefined} data-unfolded={isUnfolded || undefined}>
        {selection !== undefined && (
          <td role="cell" className={classes.narrow}>
            <Checkbox
              size="xs"
              aria-label={t("chooseRow", { row: label })}
              checked={isChosen}
              onChange={(event) => {
                const { shiftKey } = event.nativeEvent as MouseEvent;
                selection.toggle(
                  shiftKey ? selection.rangeTo(rowKey, pageKeys) : [rowKey],
                  event.currentTarget.checked,
                );
              }}
            />
          </td>
        )}
        {unfold !== undefined && (
          <td role="cell" className={classes.narrow}>
            <ActionIcon
              size={24}
              aria-label={t("unfoldRow", { row: label })}
              aria-expanded={isUnfolded}
              aria-controls={detailsId}
              onClick={onUnfold}
            >
              <ChevronRight size={16} aria-hidden className={classes.chevron} />
            </ActionIcon>
          </td>
        )}
        {columns.map((column) => (
          <td
            role="cell"
            key={column.id}
            data-label={column.header}
            data-title={column.isTitle || undefined}
            className={column.align === "end" ? classes.end : undefined}
          >
            <div className={classes.value}>{column.cell(row)}</div>
          </td>
        ))}
        {rowActions !== undefined && (
          <td role="cell" className={classes.actions} data-print="no">
            {rowActions(row)}
          </td>
        )}
      </tr>
      {unfold !== undefined && isUnfolded && (
        <tr role="row" className={classes.details} id={detailsId}>
          <td role="cell" colSpan={columns.length + extra}>
            {unfold(row)}
          </td>
        </tr>
      )}
    </>
  );
}
