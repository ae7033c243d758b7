/** One page of a list as the address says it, and the selection over all its pages. */

import { MAX_ASKED } from "@sipprot/shared/list-desk";
import { listSorts } from "@sipprot/shared/list-page";
import type { ListName } from "@sipprot/shared/lists";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useChosenGone } from "../../components/use-chosen-gone.ts";
import { useRefresh } from "../../components/use-refresh.ts";
import { useSelection } from "../../components/use-selection.ts";
import { useTableState } from "../../components/use-table-state.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";

export function useListQuery(list: ListName) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const state = useTableState(listSorts);
  const refresh = useRefresh(30);
  const { input, filter, page, size, setPage } = state;
  const query = useQuery(
    trpc.lists.page.queryOptions(
      { list, ...input, filter },
      { refetchInterval: refresh.refetchInterval, placeholderData: keepPreviousData },
    ),
  );
  const selection = useSelection(JSON.stringify(filter));
  const gone = useChosenGone(selection, query.dataUpdatedAt, {
    name: list,
    maxKeys: MAX_ASKED,
    find: async (networks, signal) =>
      (await client.lists.find.query({ list, networks }, { signal })).map(({ network }) => network),
  });
  // What was on the last page may be gone.
  const lastPage = Math.max(0, Math.ceil((query.data?.total ?? 0) / size) - 1);
  const isBeyond = query.data !== undefined && !query.isPlaceholderData && page > lastPage;
  useEffect(() => {
    if (isBeyond) setPage(lastPage);
  }, [isBeyond, lastPage, setPage]);
  return { state, refresh, query, selection, gone };
}
