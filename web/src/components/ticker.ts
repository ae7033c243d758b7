/** The time, told to whatever counts it: one timer for all, still while the tab is hidden. */
import { useCallback, useSyncExternalStore } from "react";
import { useNow } from "use-intl";
import { serverNowMs } from "../trpc/server-clock.ts";

interface Ticker {
  readonly listeners: Set<() => void>;
  nowMs: number;
  timer: ReturnType<typeof setInterval> | undefined;
}

const tickers = new Map<number, Ticker>();

/** Now by the server's clock, again every so often. Only the component that calls it is rendered anew. */
export function useTick(everyMs: number): number {
  // The server's page and the browser's first drawing must say the same.
  const renderedAtMs = useNow().getTime();
  const subscribe = useCallback((listener: () => void) => join(everyMs, listener), [everyMs]);
  return useSyncExternalStore(
    subscribe,
    () => tickers.get(everyMs)?.nowMs ?? renderedAtMs,
    () => renderedAtMs,
  );
}

function join(everyMs: number, listener: () => void): () => void {
  const ticker = tickers.get(everyMs) ?? { listeners: new Set(), nowMs: serverNowMs(), timer: undefined };
  tickers.set(everyMs, ticker);
  ticker.listeners.add(listener);
  if (ticker.timer === undefined) {
    tick(ticker);
    ticker.timer = setInterval(() => {
      if (!document.hidden) tick(ticker);
    }, everyMs);
  }
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0) return;
    clearInterval(ticker.timer);
    tickers.delete(everyMs);
  };
}

function tick(ticker: Ticker): void {
  ticker.nowMs = serverNowMs();
  for (const listener of ticker.listeners) listener();
}
