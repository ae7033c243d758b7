/** The page's range of time, in the address. */
import { createParser, useQueryState } from "nuqs";
import { useMemo } from "react";
import { boundsOf, isSameRange, type RangePreset, readRange, type TimeRange, writeRange } from "./time-range.ts";

const parser = createParser({ parse: readRange, serialize: writeRange, eq: isSameRange });

export interface Range {
  readonly range: TimeRange;
  readonly setRange: (range: TimeRange) => void;
  /** Beginning and end now: call it when a query runs, so that each refresh asks up to its own moment. */
  readonly bounds: (nowMs: number) => { readonly fromMs: number; readonly toMs: number };
}

/** `initial` is used while the address says nothing. */
export function useRange(initial: RangePreset = "24h"): Range {
  const [range, set] = useQueryState(
    "range",
    parser.withDefault({ kind: "last", preset: initial }).withOptions({ history: "push" }),
  );
  return useMemo(
    () => ({ range, setRange: (next) => void set(next), bounds: (nowMs) => boundsOf(range, nowMs) }),
    [range, set],
  );
}
