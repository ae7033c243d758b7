/** The dangerous change that waits: looked at often while there is one, and what became of the one that was seen. */
import type { EndedChange, PendingChange } from "@sipprot/shared/settings-change";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "../../trpc/trpc.ts";

const WHILE_PENDING_MS = 1000;
const OTHERWISE_MS = 10_000;

export interface Pending {
  readonly change: PendingChange | undefined;
  /** How the change that was seen here ended. */
  readonly ended: EndedChange | undefined;
  readonly confirm: () => void;
  readonly undo: () => void;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export function usePending(): Pending {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const key = trpc.settings.pending.queryKey();
  const view = useQuery(
    trpc.settings.pending.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.pending ? WHILE_PENDING_MS : OTHERWISE_MS),
    }),
  ).data;
  const seen = useRef<string>(undefined);
  const change = view?.pending ?? undefined;
  if (change !== undefined) seen.current = change.id;
  const ended = view?.ended?.id === seen.current && change === undefined ? (view?.ended ?? undefined) : undefined;
  const endedId = ended?.id;
  useEffect(() => {
    // The values are others again.
    if (endedId !== undefined) void queries.invalidateQueries(trpc.settings.get.queryFilter());
  }, [endedId, queries, trpc]);
  const options = { onSuccess: (next: typeof view) => queries.setQueryData(key, next) };
  const confirm = useMutation(trpc.settings.confirm.mutationOptions(options));
  const undo = useMutation(trpc.settings.undo.mutationOptions(options));
  return {
    change,
    ended,
    confirm: () => change !== undefined && confirm.mutate({ id: change.id }),
    undo: () => change !== undefined && undo.mutate({ id: change.id }),
    isBusy: confirm.isPending || undo.isPending,
    error: confirm.error ?? undo.error,
  };
}
