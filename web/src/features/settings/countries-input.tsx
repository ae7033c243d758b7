/** Countries chosen by name or code: those chosen stand above, each can be taken out. */
"use client";
import { Button, Select } from "@mantine/core";
import Plus from "lucide-react/icons/plus";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { countryCodes } from "../../components/country-codes.ts";
import { useAnnounce } from "../../components/live-region.tsx";
import { useCountryName } from "../../components/use-country-name.ts";
import { plain } from "./find-settings.ts";
import classes from "./list-input.module.css";
import { EntryList } from "./list-input.tsx";

/** Members of the European Union. */
const europeanUnion: readonly string[] =
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

export interface CountriesInputProps {
  readonly label: string;
  /** ISO 3166-1 codes. */
  readonly countries: readonly string[];
  readonly error?: string | undefined;
  readonly onChange: (countries: string[]) => void;
}

export function CountriesInput({ label, countries, error, onChange }: CountriesInputProps) {
  const t = useTranslations("settings");
  const name = useCountryName();
  const locale = useLocale();
  const announce = useAnnounce();
  const [typed, setTyped] = useState("");
  const byName = useMemo(() => {
    const compare = new Intl.Collator(locale).compare;
    return (codes: readonly string[]) => [...codes].sort((one, other) => compare(name(one), name(other)));
  }, [name, locale]);
  const offered = useMemo(
    () =>
      byName(countryCodes.filter((code) => !countries.includes(code))).map((value) => ({
        value,
        label: `${name(value)} (${value})`,
      })),
    [byName, name, countries],
  );
  const add = (codes: readonly string[]) =>
    onChange([...countries, ...codes.filter((one) => !countries.includes(one))]);
  const missingInUnion = europeanUnion.filter((code) => !countries.includes(code));
  return (
    <div className={classes.list}>
      <EntryList
        label={label}
        entries={byName(countries)}
        nameOf={name}
        onRemove={(gone) => onChange(countries.filter((code) => code !== gone))}
      />
      <Select
        className={classes.typed}
        aria-label={t("addCountry")}
        placeholder={t("addCountry")}
        data={offered}
        value={null}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(code) => {
          if (code === null) return;
          add([code]);
          announce(t("addedEntry", { entry: name(code) }));
          setTyped("");
        }}
        filter={({ options, search }) =>
          options.filter((option) => "label" in option && plain(option.label).includes(plain(search.trim())))
        }
        searchable
        error={error}
        nothingFoundMessage={t("noSuchCountry")}
        maxDropdownHeight={260}
      />
      <div className={classes.missing}>
        {missingInUnion.length > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Plus size={12} aria-hidden />}
            onClick={() => add(missingInUnion)}
          >
            {t("addUnion", { count: missingInUnion.length })}
          </Button>
        )}
        {countries.length > 1 && (
          <Button size="compact-xs" variant="default" onClick={() => onChange([])}>
            {t("removeAll")}
          </Button>
        )}
      </div>
    </div>
  );
}
