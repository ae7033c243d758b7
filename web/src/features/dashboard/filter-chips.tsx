/** What the page is narrowed to, each with a button that takes it away. */
"use client";
import { Button, Group } from "@mantine/core";
import X from "lucide-react/icons/x";
import { useTranslations } from "use-intl";
import { useCountryName } from "../../components/use-country-name.ts";
import { useGateNames } from "../../components/use-gate-name.ts";
import type { StatsFilterState } from "./use-stats-filter.ts";

export function FilterChips({ filter: { filter, isFiltered, change, reset } }: { readonly filter: StatsFilterState }) {
  const t = useTranslations("dashboard");
  const nameOf = useCountryName();
  const gateNames = useGateNames();
  if (!isFiltered) return null;
  const { country, gate, endpoint } = filter;
  const chips = [
    ...(country === undefined
      ? []
      : [{ key: "country", text: t("onlyCountry", { country: nameOf(country) }), take: { country: undefined } }]),
    ...(gate === undefined
      ? []
      : [{ key: "gate", text: t("onlyGate", { gate: gateNames[gate] }), take: { gate: undefined } }]),
    ...(endpoint === undefined
      ? []
      : [{ key: "endpoint", text: t("onlyEndpoint", { endpoint }), take: { endpoint: undefined } }]),
  ];
  return (
    <Group gap="xs" role="group" aria-label={t("filters")}>
      {chips.map(({ key, text, take }) => (
        <Button
          key={key}
          variant="light"
          size="compact-sm"
          rightSection={<X size={14} aria-hidden />}
          aria-label={t("removeFilter", { filter: text })}
          onClick={() => change(take)}
        >
          {text}
        </Button>
      ))}
      {chips.length > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={reset}>
          {t("resetFilters")}
        </Button>
      )}
    </Group>
  );
}
