/** One page of the blocks in force as the address says it: sort, search, countries, gate, endpoint; and the selection. */
import { blockSorts, MAX_KEYS_ASKED } from "@sipprot/shared/block-page";
import { type Gate, gates } from "@sipprot/shared/gate";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect } from "react";
import { useChosenGone } from "../../components/use-chosen-gone.ts";
import { useRefresh } from "../../components/use-refresh.ts";
import { useSelection } from "../../components/use-selection.ts";
import { useTableState } from "../../components/use-table-state.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";

/** What is blocked: whole sources, or one account of them. */
export const blockScopes = ["source", "account"] as const;
export type BlockScope = (typeof blockScopes)[number];

export interface BlockFilters {
  readonly gate: Gate | null;
  readonly endpoint: string | null;
  readonly scope: BlockScope | null;
}

export function useBlockQuery() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const state = useTableState(blockSorts, { sort: "since", descending: true });
  const refresh = useRefresh(5);
  const [filters, setFilters] = useQueryStates({
    gate: parseAsStringLiteral(gates),
    endpoint: parseAsString,
    scope: parseAsStringLiteral(blockScopes),
  });
  const { gate, endpoint, scope } = filters;
  const filter = {
    ...state.filter,
    ...(gate === null ? {} : { gate }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(scope === null ? {} : { isAccountOnly: scope === "account" }),
  };
  const query = useQuery(
    trpc.blocks.page.queryOptions(
      { ...state.input, filter },
      { refetchInterval: refresh.refetchInterval, placeholderData: keepPreviousData },
    ),
  );
  const selection = useSelection(JSON.stringify(filter));
  const gone = useChosenGone(selection, query.dataUpdatedAt, {
    name: "blocks",
    maxKeys: MAX_KEYS_ASKED,
    find: (blocks, signal) => client.blocks.find.query({ blocks }, { signal }),
  });
  const lastPage = Math.max(0, Math.ceil((query.data?.total ?? 0) / state.size) - 1);
  const isBeyond = query.data !== undefined && !query.isPlaceholderData && state.page > lastPage;
  const { setPage } = state;
  useEffect(() => {
    if (isBeyond) setPage(lastPage);
  }, [isBeyond, lastPage, setPage]);
  const setFilter = (change: Partial<BlockFilters>) => {
    void setFilters(change);
    setPage(0);
  };
  const reset = () => {
    void setFilters({ gate: null, endpoint: null, scope: null });
    state.reset();
  };
  const isFiltered = state.isFiltered || gate !== null || endpoint !== null || scope !== null;
  return { state: { ...state, isFiltered, reset }, filters, setFilter, filter, refresh, query, selection, gone };
}
