/** A list that is whole in memory, as a table; cards on a phone. Looks like the tables that are paged. */
"use client";
import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "./data-column.ts";
import classes from "./data-table.module.css";
import { moveBetweenRows } from "./table-keys.ts";

export interface PlainTableProps<Row> {
  /** Names the table to screen readers. */
  readonly label: string;
  readonly columns: ReadonlyArray<DataColumn<Row>>;
  readonly rows: readonly Row[];
  /** Names each row in tests and to React. */
  readonly rowKey: (row: Row) => string;
  readonly rowActions?: (row: Row) => ReactNode;
  /** Rows of a `tfoot`. */
  readonly footer?: ReactNode;
}

export function PlainTable<Row>({ label, columns, rows, rowKey, rowActions, footer }: PlainTableProps<Row>) {
  const t = useTranslations("kit");
  return (
    <div className={classes.frame}>
      {/* Roles are written out: drawn as cards, a table would lose them. */}
      <table role="table" className={classes.table} aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ id, header, align, width }) => (
              <th
                role="columnheader"
                scope="col"
                key={id}
                className={align === "end" ? classes.end : undefined}
                style={width === undefined ? undefined : { width }}
              >
                {header}
              </th>
            ))}
            {rowActions !== undefined && (
              <th role="columnheader" scope="col" className={classes.narrow} data-print="no">
                <VisuallyHidden>{t("actions")}</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup" onKeyDown={moveBetweenRows}>
          {rows.map((row) => (
            <tr role="row" key={rowKey(row)} data-row={rowKey(row)}>
              {columns.map(({ id, header, align, isTitle, cell }) => (
                <td
                  role="cell"
                  key={id}
                  data-label={header}
                  data-title={isTitle || undefined}
                  className={align === "end" ? classes.end : undefined}
                >
                  <div className={classes.value}>{cell(row)}</div>
                </td>
              ))}
              {rowActions !== undefined && (
                <td role="cell" className={classes.actions} data-print="no">
                  {rowActions(row)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {footer !== undefined && (
          <tfoot role="rowgroup" className={classes.foot}>
            {footer}
          </tfoot>
        )}
      </table>
    </div>
  );
}
