/** The policy settings in the groups and the order a PBX administrator looks for them in. */
import type { SettingName } from "@sipprot/shared/settings";

export const groups = {
  mode: ["mode", "failOpen"],
  traffic: ["protocols", "sipPorts"],
  guessing: [
    "blockRuleFailuresPerMinute",
    "accountFailuresPerMinute",
    "enumerationAccountsPerMinute",
    "forbiddenCountsAsFailure",
  ],
  blocks: ["dynamicBlockSeconds", "blockThreshold"],
  flood: ["floodMessagesPerSecond", "floodBurstMessages", "strangerMessagesPerSecond"],
  agents: ["blockedAgents"],
  countries: ["geoMode", "geoCountries", "geoWholeHost", "geoDatabaseFile"],
  more: ["tftpLimitOn", "tftpRequestsPerMinute", "tftpBurstRequests", "dnsProtectionOn"],
} as const satisfies Record<string, readonly SettingName[]>;

export type GroupName = keyof typeof groups;
export const groupNames = Object.keys(groups) as GroupName[];
