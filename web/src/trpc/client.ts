/** The client of our own origin: queries in batches, live things as a stream. */
import type { AppRouter } from "@sipprot/client";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCClient } from "@trpc/client";
import { noteServerDate } from "./server-clock.ts";
import type { SessionGate } from "./session-gate.ts";
import { sessionLink } from "./session-link.ts";

const URL_PATH = "/api/trpc";
/** As many calls as the server takes in one request, and in an address as long as it reads. */
const MAX_BATCH = 20;
const MAX_URL_CHARACTERS = 8000;

export function createBrowserClient(gate: SessionGate): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      sessionLink(gate),
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url: URL_PATH }),
        false: httpBatchLink({
          url: URL_PATH,
          maxItems: MAX_BATCH,
          maxURLLength: MAX_URL_CHARACTERS,
          fetch: async (input, init) => {
            const response = await fetch(input, { ...(init as RequestInit), credentials: "same-origin" });
            noteServerDate(response.headers.get("date"), Date.now());
            return response;
          },
        }),
      }),
    ],
  });
}
