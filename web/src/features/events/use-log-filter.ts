/** What the log is narrowed by, in the address: `gate=flood,scanner&not-country=FR`. */
import type { EventFilter } from "@sipprot/shared/event-filter";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { addCondition, type Condition, filterFields, filterOf, isPossible, withoutCondition } from "./log-filter.ts";

const list = parseAsArrayOf(parseAsString).withDefault([]);
const nameOf = ({ field, isExcluded }: Pick<Condition, "field" | "isExcluded">) =>
  isExcluded ? `not-${field}` : field;
const places = filterFields.flatMap((field) => [
  { field, isExcluded: false },
  { field, isExcluded: true },
]);
const parameters = Object.fromEntries(places.map((place) => [nameOf(place), list]));

export interface LogFilter {
  readonly conditions: readonly Condition[];
  /** The same object while nothing changes. */
  readonly filter: EventFilter;
  readonly add: (condition: Condition) => void;
  readonly remove: (condition: Pick<Condition, "field" | "value">) => void;
  readonly reset: () => void;
}

export function useLogFilter(): LogFilter {
  const [state, set] = useQueryStates(parameters, { history: "push" });
  return useMemo(() => {
    const conditions = places
      .flatMap((place) => (state[nameOf(place)] ?? []).map((value) => ({ ...place, value })))
      .filter(isPossible);
    const write = (next: readonly Condition[]) =>
      void set(
        Object.fromEntries(
          places.map((place) => {
            const values = next.filter((one) => nameOf(one) === nameOf(place)).map(({ value }) => value);
            return [nameOf(place), values.length === 0 ? null : values];
          }),
        ),
      );
    return {
      conditions,
      filter: filterOf(conditions),
      add: (condition) => write(addCondition(conditions, condition)),
      remove: (condition) => write(withoutCondition(conditions, condition)),
      reset: () => void set(null),
    };
  }, [state, set]);
}
