/** How a long list is asked for and answered, page by page: one contract for all of them. */
import { z } from "zod";
import { DEFAULT_PAGE_ROWS, MAX_PAGE_ROWS } from "./page-size.ts";

/** Furthest page: with 200 rows each that is beyond any collection of ours. */
const MAX_PAGE = 1_000_000;

/**
 * The schema of what a page is asked by: page (0 is the first), size, sort key, direction, filter.
 * `sortKeys` is closed and its first is the default; `filter` must accept what is left out.
 */
export function pageInput<const Keys extends readonly [string, ...string[]], Filter extends z.ZodType>(
  sortKeys: Keys,
  filter: Filter,
) {
  return z.strictObject({
    page: z.number().int().min(0).max(MAX_PAGE).default(0),
    size: z.number().int().min(1).max(MAX_PAGE_ROWS).default(DEFAULT_PAGE_ROWS),
    // Written so that the keys' own types are kept; the first key is one of them.
    sort: z.enum(sortKeys as readonly Keys[number][]).default(sortKeys[0] as never),
    descending: z.boolean().default(false),
    filter: filter.optional(),
  });
}

/** The schema of a page: its rows, how many rows all pages have together, and the time the answer is of. */
export function pageOutput<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ rows: z.array(row), total: z.number().int().nonnegative(), asOfMs: z.number() });
}

/** One page as it is answered. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly total: number;
  readonly asOfMs: number;
}

/** The page of a collection that is whole in memory, sorted already. */
export function cutPage<Row>(
  all: readonly Row[],
  { page, size }: { readonly page: number; readonly size: number },
  asOfMs: number,
): Page<Row> {
  return { rows: all.slice(page * size, (page + 1) * size), total: all.length, asOfMs };
}
