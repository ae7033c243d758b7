/** The page's refresh interval, in the address; queries stand still by themselves while the tab is hidden. */
import { createParser, useQueryState } from "nuqs";
import { type RefreshSeconds, readRefresh } from "./refresh.ts";

const parser = createParser({ parse: readRefresh, serialize: String });

export interface Refresh {
  readonly seconds: RefreshSeconds;
  readonly setSeconds: (seconds: RefreshSeconds) => void;
  /** For `refetchInterval` of every query of the page. */
  readonly refetchInterval: number | false;
}

/** `initial` is used while the address says nothing. */
export function useRefresh(initial: RefreshSeconds = 30): Refresh {
  const [seconds, set] = useQueryState("refresh", parser.withDefault(initial));
  return {
    seconds,
    setSeconds: (next) => void set(next),
    refetchInterval: seconds === 0 ? false : seconds * 1000,
  };
}
