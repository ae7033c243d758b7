/** How many rows a page has; apart from the page contract, for who needs no schema library. */

/** Most rows on one page. */
export const MAX_PAGE_ROWS = 200;
/** Rows on a page when nothing is said. */
export const DEFAULT_PAGE_ROWS = 50;
