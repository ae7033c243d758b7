/** What the audit trail is narrowed by, in the address: who, what, when, how it ended. */
import type { AuditFilter } from "@sipprot/shared/audit";
import { createParser, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { boundsOf, isSameRange, readRange, type TimeRange, writeRange } from "../../components/time-range.ts";

const range = createParser({ parse: readRange, serialize: writeRange, eq: isSameRange });
const parsers = {
  by: parseAsString.withDefault(""),
  kind: parseAsString.withDefault(""),
  outcome: parseAsStringLiteral(["done", "failed"]),
  range,
};

export interface AuditFilterState {
  readonly by: string;
  readonly kind: string;
  readonly outcome: "done" | "failed" | null;
  readonly range: TimeRange | null;
  readonly isFiltered: boolean;
  readonly change: (part: Partial<Pick<AuditFilterState, "by" | "kind" | "outcome" | "range">>) => void;
  readonly reset: () => void;
  /** For the procedure; `search` is that of the table. */
  readonly filterAt: (search: string, nowMs: number) => AuditFilter;
}

export function useAuditFilter(): AuditFilterState {
  const [state, set] = useQueryStates(parsers);
  return useMemo(() => {
    const { by, kind, outcome, range: chosen } = state;
    return {
      ...state,
      isFiltered: by !== "" || kind !== "" || outcome !== null || chosen !== null,
      change: (part) => void set(part),
      reset: () => void set({ by: "", kind: "", outcome: null, range: null }),
      filterAt: (search, nowMs) => {
        const bounds = chosen === null ? undefined : boundsOf(chosen, nowMs);
        return {
          ...(by === "" ? {} : { by }),
          ...(kind === "" ? {} : { action: kind }),
          ...(search === "" ? {} : { search }),
          ...(outcome === null ? {} : { outcome }),
          ...(bounds === undefined ? {} : { sinceMs: bounds.fromMs }),
          // A range up to now has no end: what comes in belongs to it.
          ...(chosen?.kind === "free" ? { untilMs: chosen.toMs } : {}),
        };
      },
    };
  }, [state, set]);
}
