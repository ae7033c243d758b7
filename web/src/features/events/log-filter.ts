/** What the log is narrowed by, as conditions of the form "gate is flood" or "country is not FR". Pure. */
import type { EventKind } from "@sipprot/shared/event";
import type { EventConditions, EventFilter } from "@sipprot/shared/event-filter";
import { gates } from "@sipprot/shared/gate";

export const filterFields = ["gate", "verdict", "country", "address", "account", "agent", "endpoint", "host"] as const;
export type FilterField = (typeof filterFields)[number];

export interface Condition {
  readonly field: FilterField;
  readonly value: string;
  /** True for "is not". */
  readonly isExcluded: boolean;
}

/** Stands for a country that is not known: an empty text cannot stand in an address. */
export const UNKNOWN_COUNTRY = "unknown";

/** In the order they are offered. Spelt out: pages need the names without the schemas. */
export const eventKinds = [
  "refused",
  "would-refuse",
  "block-began",
  "block-extended",
  "block-ended",
  "denied-for-good",
  "sign-in-failed",
  "stuck-phone",
] as const satisfies readonly EventKind[];

/** Most values of one field; the server takes no more. */
const MAX_VALUES = 50;

const names: Readonly<Record<FilterField, keyof EventConditions>> = {
  gate: "gates",
  verdict: "kinds",
  country: "countries",
  address: "networks",
  account: "accounts",
  agent: "agents",
  endpoint: "endpoints",
  host: "hosts",
};

const longest: Readonly<Record<FilterField, number>> = {
  gate: 20,
  verdict: 20,
  country: 10,
  address: 50,
  account: 256,
  agent: 256,
  endpoint: 100,
  host: 255,
};

/** Whether a value is one the field can have; what somebody typed into the address bar is not worth an error. */
export function isPossible({ field, value }: Pick<Condition, "field" | "value">): boolean {
  if (value === "" || value.length > longest[field]) return false;
  switch (field) {
    case "gate":
      return gates.some((gate) => gate === value);
    case "verdict":
      return eventKinds.some((kind) => kind === value);
    case "country":
      return value === UNKNOWN_COUNTRY || /^[A-Z]{2}$/.test(value);
    case "address":
      return /^[0-9a-f.:]+(\/\d{1,3})?$/.test(value);
    default:
      return true;
  }
}

/** The filter the procedures and the live list are asked with. */
export function filterOf(conditions: readonly Condition[]): EventFilter {
  const only = conditionsOf(conditions.filter(({ isExcluded }) => !isExcluded));
  const except = conditionsOf(conditions.filter(({ isExcluded }) => isExcluded));
  return { ...(only === undefined ? {} : { only }), ...(except === undefined ? {} : { except }) };
}

function conditionsOf(conditions: readonly Condition[]): EventConditions | undefined {
  const lists: Partial<Record<keyof EventConditions, string[]>> = {};
  for (const condition of conditions) {
    if (!isPossible(condition)) continue;
    const { field, value } = condition;
    const list = lists[names[field]] ?? [];
    lists[names[field]] = list;
    if (list.length < MAX_VALUES) list.push(field === "country" && value === UNKNOWN_COUNTRY ? "" : value);
  }
  return Object.keys(lists).length === 0 ? undefined : (lists as EventConditions);
}

/** The conditions with one more; the same value of a field stands once, included or excluded as it was said last. */
export function addCondition(conditions: readonly Condition[], added: Condition): Condition[] {
  return [...withoutCondition(conditions, added), added];
}

export function withoutCondition(
  conditions: readonly Condition[],
  gone: Pick<Condition, "field" | "value">,
): Condition[] {
  return conditions.filter(({ field, value }) => field !== gone.field || value !== gone.value);
}
