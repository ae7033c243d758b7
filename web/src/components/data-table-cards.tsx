/** What the head of a table does, where it is drawn as cards: sorting by a list, the whole page chosen by one box. */
"use client";
import { Checkbox, NativeSelect } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { DataColumn } from "./data-column.ts";
import classes from "./data-table.module.css";
import type { RowSelection } from "./use-selection.ts";
import type { TableState } from "./use-table-state.ts";

export interface CardsHeadProps<Row, Sort extends string> {
  readonly columns: ReadonlyArray<DataColumn<Row, Sort>>;
  readonly state: Pick<TableState<Sort>, "sort" | "descending" | "setSort">;
  readonly selection: RowSelection | undefined;
  readonly keys: readonly string[];
}

export function CardsHead<Row, Sort extends string>({ columns, state, selection, keys }: CardsHeadProps<Row, Sort>) {
  const t = useTranslations("kit");
  const orders = columns.flatMap(({ sort, header }) =>
    sort === undefined
      ? []
      : [
          { sort, descending: false, value: `${sort} up`, label: t("sortUp", { column: header }) },
          { sort, descending: true, value: `${sort} down`, label: t("sortDown", { column: header }) },
        ],
  );
  const chosen = selection === undefined ? 0 : keys.filter(selection.has).length;
  return (
    <div className={classes.cardsHead} data-print="no">
      {selection !== undefined && (
        <Checkbox
          size="xs"
          label={t("choosePage")}
          checked={keys.length > 0 && chosen === keys.length}
          indeterminate={chosen > 0 && chosen < keys.length}
          onChange={(event) => selection.toggle(keys, event.currentTarget.checked)}
        />
      )}
      {orders.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t("sortBy")}
          value={`${state.sort} ${state.descending ? "down" : "up"}`}
          data={orders.map(({ value, label }) => ({ value, label }))}
          onChange={(event) => {
            const order = orders.find(({ value }) => value === event.currentTarget.value);
            if (order !== undefined) state.setSort(order.sort, order.descending);
          }}
        />
      )}
    </div>
  );
}
