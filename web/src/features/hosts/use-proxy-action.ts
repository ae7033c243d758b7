/** Starts, reloads, restarts and stops the proxy of this installation, and follows until the host tells that it is done. */
import type { HostStatus } from "@sipprot/shared/host";
import type { ServiceAction } from "@sipprot/shared/service";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../../trpc/trpc.ts";
import { type ActionProgress, type AskedAction, progressOf } from "./action-progress.ts";

/** How often the host is looked at meanwhile. */
const LOOK_EVERY_MS = 1000;

export interface ProxyAction {
  readonly run: (action: ServiceAction) => void;
  readonly action: ServiceAction | undefined;
  /** Undefined before anything was asked for. */
  readonly progress: ActionProgress | undefined;
  readonly error: unknown;
}

export function useProxyAction(here: HostStatus | undefined): ProxyAction {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<AskedAction>();
  const act = useMutation(
    trpc.services.act.mutationOptions({
      onSuccess: (programs) => queries.setQueryData(trpc.services.list.queryKey(), programs),
      onSettled: () => queries.invalidateQueries(trpc.hosts.list.queryFilter()),
    }),
  );
  const [nowMs, setNowMs] = useState(0);
  const progress = asked === undefined || act.isError ? undefined : progressOf(asked, act.isSuccess, here, nowMs);
  const isUnderWay = progress === "coming-up" || progress === "asked";
  // One more follower of the same query: it is asked at the faster pace while something is under way.
  useQuery(trpc.hosts.list.queryOptions(undefined, { enabled: isUnderWay, refetchInterval: LOOK_EVERY_MS }));
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => setNowMs(Date.now()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isUnderWay]);
  return {
    run: (action) => {
      setNowMs(Date.now());
      setAsked({ action, askedAtMs: Date.now(), startedBeforeMs: here?.startedAtMs });
      act.mutate({ action });
    },
    action: asked?.action,
    progress,
    error: act.error,
  };
}
