/** Words a condition: "Gate: Flood", "Country is not France". */
import { useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useCountryName } from "../../components/use-country-name.ts";
import { useGateNames } from "../../components/use-gate-name.ts";
import { useVerdictNames } from "../../components/use-verdict-name.ts";
import { wireRuns } from "../../components/wire-runs.ts";
import { type Condition, type FilterField, UNKNOWN_COUNTRY } from "./log-filter.ts";

export function useFieldNames(): Readonly<Record<FilterField, string>> {
  const t = useTranslations("events");
  return useMemo(
    () => ({
      gate: t("gate"),
      verdict: t("verdict"),
      country: t("country"),
      address: t("address"),
      account: t("account"),
      agent: t("agent"),
      endpoint: t("endpoint"),
      host: t("host"),
    }),
    [t],
  );
}

export function useConditionText(): (condition: Condition) => string {
  const t = useTranslations("events");
  const fields = useFieldNames();
  const gates = useGateNames();
  const verdicts = useVerdictNames();
  const country = useCountryName();
  return useCallback(
    ({ field, value, isExcluded }) => {
      const named = {
        gate: () => gates[value as keyof typeof gates],
        verdict: () => verdicts[value as keyof typeof verdicts],
        country: () => country(value === UNKNOWN_COUNTRY ? "" : value),
      };
      const plain = () =>
        wireRuns(value)
          .map(({ text }) => text)
          .join("");
      const words = { field: fields[field], value: field in named ? named[field as keyof typeof named]() : plain() };
      return isExcluded ? t("conditionNot", words) : t("condition", words);
    },
    [t, fields, gates, verdicts, country],
  );
}
