/** What a rule dialog begins with, and whom a rule can deny. */
import type { Rule, RuleSource } from "@sipprot/shared/event-log";

export interface RuleStart {
  readonly kind: Rule["kind"];
  /** The agent or the country. */
  readonly value?: string;
  /** The one address the rule is about, instead of those of the view. */
  readonly source?: string;
}

/** Guarded ones are refused, allowed ones stay allowed, denied ones are there already. */
export function canBeDenied(standing: RuleSource["standing"]): boolean {
  return standing === "open" || standing === "has-phones";
}
