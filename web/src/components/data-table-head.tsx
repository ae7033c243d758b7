/** The head of a table: sorting by button, the whole page chosen by one box. */
"use client";
import { Checkbox, UnstyledButton, VisuallyHidden } from "@mantine/core";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import ChevronsUpDown from "lucide-react/icons/chevrons-up-down";
import { useTranslations } from "use-intl";
import type { DataColumn } from "./data-column.ts";
import classes from "./data-table.module.css";
import type { RowSelection } from "./use-selection.ts";
import type { TableState } from "./use-table-state.ts";

export interface DataTableHeadProps<Row, Sort extends string> {
  readonly columns: ReadonlyArray<DataColumn<Row, Sort>>;
  readonly state: Pick<TableState<Sort>, "sort" | "descending" | "setSort">;
  readonly hasUnfold: boolean;
  readonly hasActions: boolean;
  readonly selection: RowSelection | undefined;
  readonly keys: readonly string[];
}

export function DataTableHead<Row, Sort extends string>(props: DataTableHeadProps<Row, Sort>) {
  const { columns, state, hasUnfold, hasActions, selection, keys } = props;
  const t = useTranslations("kit");
  const chosen = selection === undefined ? 0 : keys.filter(selection.has).length;
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        {selection !== undefined && (
          <th role="columnheader" scope="col" className={classes.narrow}>
            <Checkbox
              size="xs"
              aria-label={t("choosePage")}
              checked={keys.length > 0 && chosen === keys.length}
              indeterminate={chosen > 0 && chosen < keys.length}
              onChange={(event) => selection.toggle(keys, event.currentTarget.checked)}
            />
          </th>
        )}
        {hasUnfold && (
          <th role="columnheader" scope="col" className={classes.narrow}>
            <VisuallyHidden>{t("details")}</VisuallyHidden>
          </th>
        )}
        {columns.map((column) => (
          <SortHead key={column.id} column={column} state={state} />
        ))}
        {hasActions && (
          <th role="columnheader" scope="col" className={classes.narrow}>
            <VisuallyHidden>{t("actions")}</VisuallyHidden>
          </th>
        )}
      </tr>
    </thead>
  );
}

interface SortHeadProps<Row, Sort extends string> {
  readonly column: DataColumn<Row, Sort>;
  readonly state: Pick<TableState<Sort>, "sort" | "descending" | "setSort">;
}

function SortHead<Row, Sort extends string>({ column, state }: SortHeadProps<Row, Sort>) {
  const { sort } = column;
  const isSorted = sort !== undefined && state.sort === sort;
  const direction = state.descending ? "descending" : "ascending";
  const Icon = isSorted ? (state.descending ? ArrowDown : ArrowUp) : ChevronsUpDown;
  return (
    <th
      role="columnheader"
      scope="col"
      className={column.align === "end" ? classes.end : undefined}
      style={column.width === undefined ? undefined : { width: column.width }}
      aria-sort={sort === undefined ? undefined : isSorted ? direction : "none"}
    >
      {sort === undefined ? (
        column.header
      ) : (
        <UnstyledButton
          className={classes.sort}
          data-sorted={isSorted || undefined}
          onClick={() => state.setSort(sort, isSorted ? !state.descending : false)}
        >
          {column.header}
          <Icon size={13} aria-hidden />
        </UnstyledButton>
      )}
    </th>
  );
}
