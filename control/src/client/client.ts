/** Makes a client that calls a control server with a token and follows what it tells. */
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
  type TRPCLink,
} from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { EventSource } from "eventsource";
import { Connection, PassingTrouble } from "./connection.ts";
import { checkOptions, type SipprotClientOptions } from "./options.ts";
import type { AppRouter } from "./router.ts";

/** Most calls in one request, as the server has it. */
const MAX_BATCH = 20;
/** Longest address of a request; the server takes 8192 characters. */
const MAX_URL_CHARACTERS = 8000;
/** Where a subscription keeps why it ended, between the links. */
const ENDED_BY = "endedBy";

export type SipprotClient = TRPCClient<AppRouter>;

/**
 * A client of the server at `url`; nothing is sent before a procedure is called. Calls made in the same moment travel in
 * one request. A subscription reconnects by itself and goes on from the last event it had.
 *
 * Throws SipprotClientError `bad-option`. What calls throw, `describeFailure` explains.
 */
export function createSipprotClient(options: SipprotClientOptions): SipprotClient {
  const checked = checkOptions(options);
  const connection = new Connection(checked);
  const url = checked.apiUrl;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: [tellWhyItEnded, followBy(connection, url)],
        false: httpBatchLink<AppRouter>({
          url,
          maxItems: MAX_BATCH,
          maxURLLength: MAX_URL_CHARACTERS,
          fetch: (address, request) => connection.call(String(address), request ?? {}),
        }),
      }),
    ],
  });
}

/** EventSource has only "not 200" for a stream that is refused: why goes around it to `tellWhyItEnded`. */
function followBy(connection: Connection, url: string): TRPCLink<AppRouter> {
  return httpSubscriptionLink<AppRouter, typeof EventSource>({
    url,
    EventSource,
    eventSourceOptions: ({ op }) => ({
      fetch: async (address, request) => {
        try {
          const response = await connection.open(String(address), request);
          if (response.status === 200) return response;
          op.context[ENDED_BY] = await response.json();
        } catch (error) {
          if (error instanceof PassingTrouble || request.signal?.aborted) throw error;
          op.context[ENDED_BY] = error;
        }
        return new Response(null, { status: 204 });
      },
    }),
  });
}

/** Ends a subscription with the server's or the connection's own error where there is one. */
const tellWhyItEnded: TRPCLink<AppRouter> = () => {
  return ({ op, next }) =>
    observable((observer) =>
      next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (error) => {
          const endedBy = op.context[ENDED_BY];
          observer.error(typeof endedBy === "object" && endedBy !== null ? TRPCClientError.from(endedBy) : error);
        },
      }),
    );
};
