/**
 * A long list page by page: sorted by the server, chosen across refreshes, unfolded row by row, cards on a phone.
 * Roles are written out: drawn as cards, a table would lose them.
 */
"use client";
import type { Page } from "@sipprot/shared/page";
import {
  columnVisibilityFeature,
  createColumnHelper,
  rowExpandingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import type { DataColumn } from "./data-column.ts";
import { DataState, type DataStateProps, type LoadingData } from "./data-state.tsx";
import classes from "./data-table.module.css";
import { CardsHead } from "./data-table-cards.tsx";
import { DataTableHead } from "./data-table-head.tsx";
import { DataTableRow } from "./data-table-row.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { TableFooter } from "./table-footer.tsx";
import { moveBetweenRows } from "./table-keys.ts";
import type { RowSelection } from "./use-selection.ts";
import type { TableState } from "./use-table-state.ts";

export interface DataTableProps<Row extends object, Sort extends string> {
  /** Names the table to screen readers. */
  readonly label: string;
  readonly query: LoadingData<Page<Row>>;
  /** Keep them stable (useMemo). */
  readonly columns: ReadonlyArray<DataColumn<Row, Sort>>;
  readonly state: Pick<TableState<Sort>, "page" | "size" | "sort" | "descending" | "setPage" | "setSize" | "setSort"> &
    Partial<Pick<TableState<Sort>, "isFiltered" | "reset">>;
  readonly rowKey: (row: Row) => string;
  /** Names a row in the labels of its controls: its address. */
  readonly rowLabel: (row: Row) => string;
  readonly selection?: RowSelection;
  /** Buttons for what is chosen. */
  readonly selectionActions?: ReactNode;
  /** What is under an unfolded row. */
  readonly unfold?: (row: Row) => ReactNode;
  readonly rowActions?: (row: Row) => ReactNode;
  readonly empty?: DataStateProps<Page<Row>>["empty"];
  readonly off?: DataStateProps<Page<Row>>["off"];
}

const features = tableFeatures({ columnVisibilityFeature, rowExpandingFeature });
const none: never[] = [];

export function DataTable<Row extends object, Sort extends string>(props: DataTableProps<Row, Sort>) {
  const { label, query, columns, state, rowKey, selection, selectionActions, unfold, rowActions, empty, off } = props;
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, header, cell }) => helper.display({ id, header, cell: ({ row }) => cell(row.original) }));
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: query.data?.rows ?? none,
    getRowId: rowKey,
    getRowCanExpand: () => unfold !== undefined,
  });
  const total = query.data?.total ?? 0;
  const rows = table.getRowModel().rows;
  const keys = rows.map((row) => row.id);
  return (
    <div className={classes.frame}>
      {selection !== undefined && (
        <SelectionBar selection={selection} pageKeys={keys} total={total}>
          {selectionActions}
        </SelectionBar>
      )}
      <DataState
        query={query}
        off={off}
        skeletonRows={Math.min(10, state.size)}
        isEmpty={(page) => page.total === 0}
        {...(empty === undefined ? {} : { empty })}
        noMatch={state.isFiltered === true ? { onReset: () => state.reset?.() } : undefined}
      >
        {() => (
          <>
            <CardsHead columns={columns} state={state} selection={selection} keys={keys} />
            <table
              role="table"
              className={classes.table}
              aria-label={label}
              aria-busy={query.isFetching}
              aria-rowcount={total + 1}
            >
              <DataTableHead
                columns={columns}
                state={state}
                hasUnfold={unfold !== undefined}
                hasActions={rowActions !== undefined}
                selection={selection}
                keys={keys}
              />
              <tbody role="rowgroup" onKeyDown={moveBetweenRows}>
                {rows.map((row, index) => (
                  <DataTableRow
                    key={row.id}
                    row={row.original}
                    rowKey={row.id}
                    number={state.page * state.size + index + 2}
                    columns={columns}
                    label={props.rowLabel(row.original)}
                    isUnfolded={row.getIsExpanded()}
                    onUnfold={() => row.toggleExpanded()}
                    selection={selection}
                    pageKeys={keys}
                    unfold={unfold}
                    rowActions={rowActions}
                  />
                ))}
              </tbody>
            </table>
          </>
        )}
      </DataState>
      <TableFooter
        page={state.page}
        size={state.size}
        total={total}
        chosen={selection?.count(total)}
        onPage={state.setPage}
        onSize={state.setSize}
      />
    </div>
  );
}
