/** Says how many of the chosen rows are gone, because somebody else took them away or their time is over, and lets them go. */
import { useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { chunkKeys } from "./key-chunks.ts";
import type { RowSelection } from "./use-selection.ts";

/** More chosen rows than this are not followed one by one: what is gone is said when something is done with them. */
const MAX_FOLLOWED = 500;

export interface GoneRows {
  /** How many went since the reader chose anything. */
  readonly count: number;
  /** Says it was read. */
  readonly forget: () => void;
}

/** What the rows are looked up by. */
export interface RowLookup {
  /** Names the collection, for the cache. */
  readonly name: string;
  /** Most keys in one call. */
  readonly maxKeys: number;
  /** Answers with those of the keys that are still there. */
  readonly find: (keys: string[], signal: AbortSignal) => Promise<readonly string[]>;
}

/** `loadedAtMs` is when the page was loaded last: then the chosen rows are looked at anew. */
export function useChosenGone(
  selection: RowSelection,
  loadedAtMs: number,
  { name, maxKeys, find }: RowLookup,
): GoneRows {
  const keys = selection.chosen.kind === "some" ? [...selection.chosen.keys] : [];
  const chunks = keys.length > MAX_FOLLOWED ? [] : chunkKeys(keys, maxKeys);
  const answers = useQueries({
    queries: chunks.map((chunk) => ({
      queryKey: ["chosen rows", name, chunk],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => find(chunk, signal),
      staleTime: 0,
    })),
  });
  const [count, setCount] = useState(0);
  const refetch = () => Promise.all(answers.map((answer) => answer.refetch()));
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew when the page was, not when the answers change.
  useEffect(() => {
    if (loadedAtMs > 0) void refetch();
  }, [loadedAtMs]);
  const gone = chunks.flatMap((chunk, index) => {
    const there = answers[index]?.data;
    return there === undefined ? [] : chunk.filter((key) => !there.includes(key));
  });
  const goneKey = gone.join("\n");
  const { forget } = selection;
  useEffect(() => {
    if (goneKey === "") return;
    const lost = goneKey.split("\n");
    setCount((before) => before + lost.length);
    forget(lost);
  }, [goneKey, forget]);
  return { count, forget: () => setCount(0) };
}
