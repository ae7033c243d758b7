/** A column of a table as pages describe it. */
import type { ReactNode } from "react";

export interface DataColumn<Row, Sort extends string = never> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** The procedure's sort key; without one the column cannot be sorted by. */
  readonly sort?: Sort;
  /** Numbers and times left stand at the end. */
  readonly align?: "end";
  /** CSS width, such as `9rem`; without one the browser shares out. */
  readonly width?: string;
  /** True for the column a card of a phone is titled by. */
  readonly isTitle?: boolean;
}
