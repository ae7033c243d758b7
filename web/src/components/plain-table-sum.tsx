/** A row of sums under a table of so many columns: its name, and the number at the end. */
"use client";
import { useFormatter } from "use-intl";

export interface PlainTableSumProps {
  readonly columns: number;
  readonly label: string;
  readonly count: number;
}

export function PlainTableSum({ columns, label, count }: PlainTableSumProps) {
  const format = useFormatter();
  return (
    <tr role="row">
      <td role="cell" colSpan={columns - 1} style={{ textAlign: "end" }}>
        {label}
      </td>
      <td role="cell" style={{ textAlign: "end" }}>
        {format.number(count)}
      </td>
    </tr>
  );
}
