/** Each setting in the reader's words: what it is called, what it does, what it can hurt. */
import type { SettingName } from "@sipprot/shared/settings";
import { useMemo } from "react";
import { useTranslations } from "use-intl";

export interface SettingWords {
  readonly label: string;
  readonly does: string;
  readonly hurts: string;
  /** Of a number. */
  readonly unit?: string;
}

export function useSettingWords(): Readonly<Record<SettingName, SettingWords>> {
  const t = useTranslations("settings");
  return useMemo(
    () => ({
      mode: { label: t("modeLabel"), does: t("modeDoes"), hurts: t("modeHurts") },
      failOpen: { label: t("failOpenLabel"), does: t("failOpenDoes"), hurts: t("failOpenHurts") },
      protocols: { label: t("protocolsLabel"), does: t("protocolsDoes"), hurts: t("protocolsHurts") },
      sipPorts: { label: t("sipPortsLabel"), does: t("sipPortsDoes"), hurts: t("sipPortsHurts") },
      blockRuleFailuresPerMinute: {
        label: t("blockRuleLabel"),
        does: t("blockRuleDoes"),
        hurts: t("blockRuleHurts"),
        unit: t("unitFailures"),
      },
      accountFailuresPerMinute: {
        label: t("accountLabel"),
        does: t("accountDoes"),
        hurts: t("accountHurts"),
        unit: t("unitFailures"),
      },
      enumerationAccountsPerMinute: {
        label: t("enumerationLabel"),
        does: t("enumerationDoes"),
        hurts: t("enumerationHurts"),
        unit: t("unitAccounts"),
      },
      forbiddenCountsAsFailure: {
        label: t("forbiddenLabel"),
        does: t("forbiddenDoes"),
        hurts: t("forbiddenHurts"),
      },
      dynamicBlockSeconds: { label: t("blockTimeLabel"), does: t("blockTimeDoes"), hurts: t("blockTimeHurts") },
      blockThreshold: {
        label: t("thresholdLabel"),
        does: t("thresholdDoes"),
        hurts: t("thresholdHurts"),
        unit: t("unitBlocks"),
      },
      floodMessagesPerSecond: {
        label: t("floodLabel"),
        does: t("floodDoes"),
        hurts: t("floodHurts"),
        unit: t("unitMessagesPerSecond"),
      },
      floodBurstMessages: {
        label: t("burstLabel"),
        does: t("burstDoes"),
        hurts: t("burstHurts"),
        unit: t("unitMessages"),
      },
      strangerMessagesPerSecond: {
        label: t("strangersLabel"),
        does: t("strangersDoes"),
        hurts: t("strangersHurts"),
        unit: t("unitMessagesPerSecond"),
      },
      blockedAgents: { label: t("agentsLabel"), does: t("agentsDoes"), hurts: t("agentsHurts") },
      geoMode: { label: t("geoModeLabel"), does: t("geoModeDoes"), hurts: t("geoModeHurts") },
      geoCountries: { label: t("geoCountriesLabel"), does: t("geoCountriesDoes"), hurts: t("geoCountriesHurts") },
      geoWholeHost: { label: t("wholeHostLabel"), does: t("wholeHostDoes"), hurts: t("wholeHostHurts") },
      geoDatabaseFile: { label: t("geoFileLabel"), does: t("geoFileDoes"), hurts: t("geoFileHurts") },
      tftpLimitOn: { label: t("tftpLabel"), does: t("tftpDoes"), hurts: t("tftpHurts") },
      tftpRequestsPerMinute: {
        label: t("tftpRateLabel"),
        does: t("tftpRateDoes"),
        hurts: t("tftpRateHurts"),
        unit: t("unitRequestsPerMinute"),
      },
      tftpBurstRequests: {
        label: t("tftpBurstLabel"),
        does: t("tftpBurstDoes"),
        hurts: t("tftpBurstHurts"),
        unit: t("unitRequests"),
      },
      dnsProtectionOn: { label: t("dnsLabel"), does: t("dnsDoes"), hurts: t("dnsHurts") },
    }),
    [t],
  );
}

/** What a group of settings is called. */
export function useGroupNames() {
  const t = useTranslations("settings");
  return useMemo(
    () => ({
      mode: t("groupMode"),
      traffic: t("groupTraffic"),
      guessing: t("groupGuessing"),
      blocks: t("groupBlocks"),
      flood: t("groupFlood"),
      agents: t("groupAgents"),
      countries: t("groupCountries"),
      more: t("groupMore"),
      retention: t("groupRetention"),
      boot: t("groupBoot"),
      branding: t("groupBranding"),
    }),
    [t],
  );
}
