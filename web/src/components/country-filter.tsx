/** Chooses countries by name, several at once; "not known" is one of them. */
"use client";
import { MultiSelect } from "@mantine/core";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { countryCodes } from "./country-codes.ts";
import { useCountryName } from "./use-country-name.ts";

/** The select wants a value for what has no code. */
const UNKNOWN = "unknown";

export interface CountryFilterProps {
  readonly countries: readonly string[];
  readonly onCountries: (countries: readonly string[]) => void;
}

export function CountryFilter({ countries, onCountries }: CountryFilterProps) {
  const t = useTranslations("kit");
  const name = useCountryName();
  const locale = useLocale();
  const options = useMemo(() => {
    const named = countryCodes.map((value) => ({ value, label: name(value) }));
    named.sort((one, other) => one.label.localeCompare(other.label, locale));
    return [{ value: UNKNOWN, label: name("") }, ...named];
  }, [name, locale]);
  return (
    <MultiSelect
      w={countries.length > 1 ? 340 : 220}
      aria-label={t("countries")}
      placeholder={countries.length === 0 ? t("allCountries") : ""}
      data={options}
      value={countries.map((code) => (code === "" ? UNKNOWN : code))}
      onChange={(chosen) => onCountries(chosen.map((value) => (value === UNKNOWN ? "" : value)))}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("clearCountries") }}
      nothingFoundMessage={t("noMatchTitle")}
      maxDropdownHeight={280}
    />
  );
}
