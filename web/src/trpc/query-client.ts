/** How answers are kept: shown again at once, asked anew when old, tried again only where that can help. */
import { type Query, QueryCache, QueryClient } from "@tanstack/react-query";
import { isPassing, readError } from "./read-error.ts";

/** An answer this fresh is not asked for again when a component appears. */
const FRESH_MS = 5000;
const MAX_RETRIES = 2;

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    // Whoever answers again is asked at once for all that it owed: no part of a page stays behind the others.
    queryCache: new QueryCache({
      onSuccess: () =>
        void client.refetchQueries(
          { type: "active", predicate: isOwed },
          { cancelRefetch: false, throwOnError: false },
        ),
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // The PBX's network may have no way to the internet: the browser's word on being online says nothing here.
        networkMode: "always",
        retry: (failures, error) => failures < MAX_RETRIES && isPassing(readError(error)),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return client;
}

/** True for a question that failed only because nobody answered, and that is not asked again just now. */
function isOwed({ state }: Query): boolean {
  return state.status === "error" && state.fetchStatus === "idle" && isPassing(readError(state.error));
}
