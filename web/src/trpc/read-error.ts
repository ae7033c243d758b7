/** What a failed call says, whatever it failed at: a code of ours, its facts, and the fields it is about. Pure. */
import type { ErrorCode, ErrorFacts } from "@sipprot/shared/errors";

/** Our codes, and the two of a way that ends before the control server. */
export type FailureCode = ErrorCode | "control-away" | "unreachable";

export interface Failure {
  readonly code: FailureCode;
  readonly facts: ErrorFacts;
  /** The parts of the input that were refused, by path: `filter.search`. */
  readonly fields: readonly string[];
}

/** Reads any thrown thing. What is no answer of ours at all never reached us. */
export function readError(error: unknown): Failure {
  const data = isObject(error) && isObject(error.data) ? error.data : undefined;
  if (data === undefined || typeof data.code !== "string") return { code: "unreachable", facts: {}, fields: [] };
  const fields = Array.isArray(data.fields) ? data.fields : [];
  return {
    code: data.code as FailureCode,
    facts: isObject(data.facts) ? (data.facts as ErrorFacts) : {},
    fields: fields.flatMap((one: unknown) => (isObject(one) && typeof one.field === "string" ? [one.field] : [])),
  };
}

/** True for what may be well when it is tried again: nothing was wrong with the call. */
export function isPassing({ code }: Failure): boolean {
  return code === "unreachable" || code === "control-away" || code === "store-unreachable";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
