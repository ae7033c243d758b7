/** Which registered phones and trunks a change would refuse. Pure. */

import type { Gate } from "@sipprot/shared/reason";
import type { RegisteredSource } from "@sipprot/shared/registered-source";
import type { SettingName, Settings } from "@sipprot/shared/settings";
import { isCountryRefused } from "@sipprot/shared/settings-danger";
import { matchesAgent } from "./judge-source.ts";

export interface PhoneCircumstances {
  readonly before: Settings;
  readonly after: Settings;
  readonly changed: ReadonlySet<SettingName>;
  /** Country of the source by the database of the new settings. */
  readonly country: string;
  /** The gate that would have refused messages of it in the last day, by its events. */
  readonly refusedBy: Gate | undefined;
}

/** The gate that would refuse phones there, or undefined when none more than before does. */
export function judgePhones(
  { agents }: Pick<RegisteredSource, "agents">,
  { before, after, changed, country, refusedBy }: PhoneCircumstances,
): Gate | undefined {
  if (isCountryRefused(after, country) && !isCountryRefused(before, country)) return "country";
  const isNewlyMatched = (agent: string) =>
    matchesAgent(agent, after.blockedAgents) && !matchesAgent(agent, before.blockedAgents);
  if (changed.has("blockedAgents") && agents.some(isNewlyMatched)) return "scanner";
  return refusedBy;
}
