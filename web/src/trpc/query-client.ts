/** How answers are kept: shown again at once, asked anew when old, tried again only where that can help. */
import { QueryClient } from "@tanstack/react-query";
import { isPassing, readError } from "./read-error.ts";

/** An answer this fresh is not asked for again when a component appears. */
const FRESH_MS = 5000;
const MAX_RETRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
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
}
