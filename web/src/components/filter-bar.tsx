/** Narrows a list: a search box that waits for the typing to end, countries, and back to everything. */
"use client";
import { Button, CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import Search from "lucide-react/icons/search";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./filter-bar.module.css";

/** As long as a pause between two keys of slow typing. */
const TYPING_PAUSE_MS = 300;
const CountryFilter = dynamic(() => import("./country-filter.tsx").then((module) => module.CountryFilter));

export interface FilterBarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly searchLabel: string;
  readonly maxLength?: number;
  /** ISO 3166-1 codes; left out where the list has no countries. */
  readonly countries?: readonly string[];
  readonly onCountries?: (countries: readonly string[]) => void;
  readonly isFiltered: boolean;
  readonly onReset: () => void;
  /** Filters of the page's own. */
  readonly children?: ReactNode;
}

export function FilterBar(props: FilterBarProps) {
  const {
    search,
    onSearch,
    searchLabel,
    maxLength = 256,
    countries,
    onCountries,
    isFiltered,
    onReset,
    children,
  } = props;
  const t = useTranslations("kit");
  const [typed, setTyped] = useState(search);
  const tell = useDebouncedCallback(onSearch, TYPING_PAUSE_MS);
  // The address may change without the box: back, reset, a link.
  useEffect(() => setTyped(search), [search]);
  const type = (text: string) => {
    setTyped(text);
    tell(text.trim());
  };
  return (
    <search className={classes.bar} data-print="no">
      <TextInput
        className={classes.search}
        type="text"
        data-page-search
        aria-label={searchLabel}
        placeholder={searchLabel}
        leftSection={<Search size={15} aria-hidden />}
        rightSection={
          typed === "" ? undefined : <CloseButton size="sm" aria-label={t("clearSearch")} onClick={() => type("")} />
        }
        value={typed}
        maxLength={maxLength}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => type(event.currentTarget.value)}
      />
      {countries !== undefined && onCountries !== undefined && (
        <CountryFilter countries={countries} onCountries={onCountries} />
      )}
      {children}
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() => {
            tell.cancel();
            setTyped("");
            onReset();
          }}
        >
          {t("reset")}
        </Button>
      )}
    </search>
  );
}
