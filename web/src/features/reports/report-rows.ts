/** The lines of a report as a reader wants them: narrowed and in another order. Pure. */
import type { ReportRow } from "@sipprot/shared/report";

/** `victim` is the order of the report itself, as on the command line. */
export const reportOrders = ["victim", "blocks", "country"] as const;
export type ReportOrder = (typeof reportOrders)[number];

/** `nameOf` names a country in the reader's language; the search looks at what is shown. */
export function arrangeRows(
  rows: readonly ReportRow[],
  search: string,
  order: ReportOrder,
  nameOf: (country: string) => string,
): readonly ReportRow[] {
  const wanted = search.toLowerCase();
  const found =
    wanted === ""
      ? rows
      : rows.filter(({ attacker, country, method, victim }) =>
          [attacker, nameOf(country), method, victim].some((text) => text.toLowerCase().includes(wanted)),
        );
  if (order === "victim") return found;
  const sorted = [...found];
  if (order === "blocks") sorted.sort((one, other) => other.blocks - one.blocks);
  else sorted.sort((one, other) => nameOf(one.country).localeCompare(nameOf(other.country)));
  return sorted;
}

/** Messages refused in these lines together. */
export function sumOfBlocks(rows: readonly ReportRow[]): number {
  return rows.reduce((sum, { blocks }) => sum + blocks, 0);
}

/** Names a line: no two lines of a report share all four. */
export function rowName({ attacker, method, victim }: ReportRow): string {
  return `${victim} ${attacker} ${method}`;
}
