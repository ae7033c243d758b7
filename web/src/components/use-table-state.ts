/** Where a reader is in a long list, in the address: page, size, order, search and countries. */
import { DEFAULT_PAGE_ROWS, MAX_PAGE_ROWS } from "@sipprot/shared/page-size";
import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useMemo } from "react";

/** Rows a page may have. */
export const pageSizes = [20, 50, 100, MAX_PAGE_ROWS] as const;

export interface TableState<Sort extends string> {
  readonly sort: Sort;
  readonly descending: boolean;
  /** 0 is the first. */
  readonly page: number;
  readonly size: number;
  readonly search: string;
  /** ISO 3166-1 codes; the empty text is "not known". */
  readonly countries: readonly string[];
  /** For a procedure with the page contract. */
  readonly input: { page: number; size: number; sort: Sort; descending: boolean };
  /** For its filter; empty where nothing narrows the list. */
  readonly filter: { search?: string; countries?: string[] };
  readonly isFiltered: boolean;
  readonly setPage: (page: number) => void;
  readonly setSize: (size: number) => void;
  readonly setSort: (sort: Sort, descending: boolean) => void;
  readonly setSearch: (search: string) => void;
  readonly setCountries: (countries: readonly string[]) => void;
  /** Takes search and countries away. */
  readonly reset: () => void;
}

/** `sorts` is the closed list of the procedure's sort keys; the first is the default unless `initial` says another. */
export function useTableState<const Sort extends string>(
  sorts: readonly [Sort, ...Sort[]],
  initial: { readonly sort?: Sort; readonly descending?: boolean } = {},
): TableState<Sort> {
  const [state, set] = useQueryStates({
    page: parseAsInteger.withDefault(1),
    size: parseAsInteger.withDefault(DEFAULT_PAGE_ROWS),
    sort: parseAsStringLiteral(sorts).withDefault(initial.sort ?? sorts[0]),
    descending: parseAsBoolean.withDefault(initial.descending ?? false),
    search: parseAsString.withDefault(""),
    countries: parseAsArrayOf(parseAsString).withDefault([]),
  });
  return useMemo(() => {
    const page = Math.max(0, state.page - 1);
    const size = Math.min(MAX_PAGE_ROWS, Math.max(1, state.size));
    const { search } = state;
    const sort = state.sort as Sort;
    const { descending } = state;
    const countries = state.countries.map((code) => (code === "unknown" ? "" : code));
    return {
      page,
      size,
      sort,
      descending,
      search,
      countries,
      input: { page, size, sort, descending },
      filter: { ...(search === "" ? {} : { search }), ...(countries.length === 0 ? {} : { countries }) },
      isFiltered: search !== "" || countries.length > 0,
      setPage: (next) => void set({ page: next + 1 }),
      setSize: (next) => void set({ size: next, page: 1 }),
      setSort: (next, isDescending) => void set({ sort: next as never, descending: isDescending, page: 1 }),
      setSearch: (next) => void set({ search: next, page: 1 }),
      setCountries: (next) => void set({ countries: next.map((code) => (code === "" ? "unknown" : code)), page: 1 }),
      reset: () => void set({ search: "", countries: [], page: 1 }),
    };
  }, [state, set]);
}
