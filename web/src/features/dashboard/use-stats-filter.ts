/** What the whole dashboard is narrowed to, in the address: a country, a gate, an endpoint. */
import { gates } from "@sipprot/shared/gate";
import type { StatsFilter } from "@sipprot/shared/window-stats";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";

/** Stands in the address for a country that is not known. */
const UNKNOWN = "unknown";
const parameters = {
  country: parseAsString,
  gate: parseAsStringLiteral(gates),
  endpoint: parseAsString,
};

export interface StatsFilterState {
  readonly filter: StatsFilter;
  readonly isFiltered: boolean;
  /** Changes what is given; undefined takes it away. */
  readonly change: (change: StatsFilter) => void;
  readonly reset: () => void;
}

export function useStatsFilter(): StatsFilterState {
  const [{ country, gate, endpoint }, set] = useQueryStates(parameters, { history: "push" });
  return useMemo(() => {
    const filter: StatsFilter = {
      // What somebody typed into the address is not worth an error.
      ...(country === UNKNOWN ? { country: "" } : country !== null && /^[A-Z]{2}$/.test(country) ? { country } : {}),
      ...(gate === null ? {} : { gate }),
      ...(endpoint === null ? {} : { endpoint: endpoint.slice(0, 100) }),
    };
    return {
      filter,
      isFiltered: Object.keys(filter).length > 0,
      change: (change) =>
        void set({
          ...("country" in change ? { country: change.country === "" ? UNKNOWN : (change.country ?? null) } : {}),
          ...("gate" in change ? { gate: change.gate ?? null } : {}),
          ...("endpoint" in change ? { endpoint: change.endpoint ?? null } : {}),
        }),
      reset: () => void set(null),
    };
  }, [country, gate, endpoint, set]);
}
