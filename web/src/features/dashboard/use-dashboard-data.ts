/** What the dashboard asks for: one answer for all counts, so that no two parts of the page are of different moments. */
import type { WindowStats } from "@sipprot/shared/window-stats";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Range } from "../../components/use-range.ts";
import type { Refresh } from "../../components/use-refresh.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";
import type { StatsFilterState } from "./use-stats-filter.ts";

/** Sources and agents named. */
const TOP = 20;
/** An answer of another moment is of no more use soon. */
const KEEP_MS = 60_000;

/** The counts of the page's range, narrowed by its filter, with the stretch before. */
export function useWindowStats(
  { range, bounds }: Range,
  { filter }: StatsFilterState,
  { refetchInterval }: Refresh,
): UseQueryResult<WindowStats> {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ["dashboard", range, filter],
    queryFn: ({ signal }) => {
      const { fromMs, toMs } = bounds(serverNowMs());
      return client.stats.window.query({ fromMs, toMs, filter, top: TOP }, { signal });
    },
    refetchInterval,
    gcTime: KEEP_MS,
    placeholderData: keepPreviousData,
  });
}

/** How many blocks are in force now, narrowed by the filter. */
export function useBlocksInForce({ filter }: StatsFilterState, { refetchInterval }: Refresh) {
  const trpc = useTRPC();
  const { country, gate, endpoint } = filter;
  const narrowed = {
    ...(country === undefined ? {} : { countries: [country] }),
    ...(gate === undefined ? {} : { gate }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  return useQuery(
    trpc.blocks.page.queryOptions(
      { size: 1, filter: narrowed },
      { refetchInterval, select: ({ total }) => total, placeholderData: keepPreviousData },
    ),
  );
}

/** How the hosts are, and whether anything is refused at all. */
export function useProtection({ refetchInterval }: Refresh) {
  const trpc = useTRPC();
  const hosts = useQuery(trpc.hosts.list.queryOptions(undefined, { refetchInterval }));
  const settings = useQuery(trpc.settings.get.queryOptions(undefined, { refetchInterval }));
  return { hosts, settings };
}
