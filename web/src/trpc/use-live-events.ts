/** The events of all hosts as they happen. */
import type { SipEvent } from "@sipprot/shared/event";
import { useCallback } from "react";
import { useTRPCClient } from "./trpc.ts";
import { type Live, type LiveHandlers, useLive } from "./use-live.ts";

const everything = () => true;

/**
 * The newest `limit` events from now on; the connection is opened anew by itself and misses nothing. `isWanted` must be
 * stable: a new one opens the stream anew.
 */
export function useLiveEvents(
  limit: number,
  isPaused: boolean,
  isWanted: (event: SipEvent) => boolean = everything,
): Live<SipEvent> {
  const client = useTRPCClient();
  const open = useCallback(
    (on: LiveHandlers<SipEvent>) => {
      const subscription = client.events.live.subscribe(undefined, {
        onData: ({ data }) => on.onItems(data.filter(isWanted)),
        onConnectionStateChange: ({ state, error }) => {
          if (state === "pending") on.onState("live");
          else on.onState(error === null ? "connecting" : "reconnecting");
        },
      });
      return () => subscription.unsubscribe();
    },
    [client, isWanted],
  );
  return useLive({ open, limit, isPaused });
}
