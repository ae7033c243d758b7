/** The rows chosen in a table, kept while the list is refreshed, paged and sorted. */
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import {
  changeSinceChosen,
  countChosen,
  isChosen,
  nothingChosen,
  rangeOf,
  reduceSelection,
  type Selection,
} from "./selection.ts";

export interface RowSelection {
  readonly chosen: Selection;
  readonly has: (key: string) => boolean;
  readonly count: (total: number) => number;
  /** Rows that came or went since all were chosen. */
  readonly change: (total: number) => number;
  readonly toggle: (keys: readonly string[], isChosen: boolean) => void;
  /** The rows of a page from the one touched last to this one, both included. */
  readonly rangeTo: (key: string, pageKeys: readonly string[]) => readonly string[];
  readonly chooseAll: (total: number) => void;
  /** Takes rows out that are gone. */
  readonly forget: (keys: readonly string[]) => void;
  readonly clear: () => void;
}

/** `filter` names what the list is narrowed by: choosing all under one filter is undone by another. */
export function useSelection(filter: string): RowSelection {
  const [chosen, act] = useReducer(reduceSelection, nothingChosen);
  useEffect(() => act({ do: "filter", filter }), [filter]);
  const lastTouched = useRef<string>(undefined);
  const toggle = useCallback((keys: readonly string[], isNow: boolean) => {
    lastTouched.current = keys.length === 1 ? keys[0] : undefined;
    act({ do: "toggle", keys, isChosen: isNow });
  }, []);
  const rangeTo = useCallback(
    (key: string, pageKeys: readonly string[]) => rangeOf(pageKeys, lastTouched.current ?? key, key),
    [],
  );
  const chooseAll = useCallback((total: number) => act({ do: "choose-all", filter, total }), [filter]);
  const forget = useCallback((keys: readonly string[]) => act({ do: "forget", keys }), []);
  const clear = useCallback(() => act({ do: "clear" }), []);
  return useMemo(
    () => ({
      chosen,
      has: (key) => isChosen(chosen, key),
      count: (total) => countChosen(chosen, total),
      change: (total) => changeSinceChosen(chosen, total),
      toggle,
      rangeTo,
      chooseAll,
      forget,
      clear,
    }),
    [chosen, toggle, rangeTo, chooseAll, forget, clear],
  );
}
