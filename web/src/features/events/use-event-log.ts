/** The log page by page into the past. An answer that comes late for another view is thrown away. */
import type { EventFilter } from "@sipprot/shared/event-filter";
import type { EventPage, EventRow } from "@sipprot/shared/event-log";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { writeRange } from "../../components/time-range.ts";
import type { Range } from "../../components/use-range.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPCClient } from "../../trpc/trpc.ts";

const PAGE_ROWS = 50;
/** A page with little in it is followed by the next one by itself, so many times. */
const MAX_FOLLOWED = 40;
const FEW_ROWS = 10;

export function useEventLog(filter: EventFilter, range: Range) {
  const client = useTRPCClient();
  const log = useInfiniteQuery({
    queryKey: ["event-log", filter, writeRange(range.range)],
    queryFn: ({ pageParam, signal }) => {
      const { fromMs, toMs } = range.bounds(serverNowMs());
      const end = range.range.kind === "free" ? { toMs } : {};
      const place = pageParam === "" ? {} : { place: pageParam };
      return client.events.page.query(
        // What is not given must not be sent.
        JSON.parse(JSON.stringify({ filter, fromMs: Math.floor(fromMs), ...end, ...place, limit: PAGE_ROWS })),
        { signal },
      );
    },
    initialPageParam: "",
    getNextPageParam: (last: EventPage) => last.next,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = log;
  const rows = useMemo(() => data?.pages.flatMap((page): EventRow[] => page.rows) ?? [], [data]);
  const pages = data?.pages.length ?? 0;
  const isFew = rows.length < FEW_ROWS && pages > 0 && pages <= MAX_FOLLOWED;
  useEffect(() => {
    if (isFew && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isFew, hasNextPage, isFetching, isError, fetchNextPage]);
  return { log, rows, last: data?.pages.at(-1) };
}
