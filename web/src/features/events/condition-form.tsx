/** One condition: which field, is or is not, which value. */
"use client";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { gates } from "@sipprot/shared/gate";
import Plus from "lucide-react/icons/plus";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { countryCodes } from "../../components/country-codes.ts";
import { useCountryName } from "../../components/use-country-name.ts";
import { useGateNames } from "../../components/use-gate-name.ts";
import { useVerdictNames } from "../../components/use-verdict-name.ts";
import classes from "./filter-form.module.css";
import {
  type Condition,
  eventKinds,
  type FilterField,
  filterFields,
  isPossible,
  UNKNOWN_COUNTRY,
} from "./log-filter.ts";
import { useFieldNames } from "./use-condition-text.ts";

export function ConditionForm({ onAdd }: { readonly onAdd: (condition: Condition) => void }) {
  const t = useTranslations("events");
  const names = useFieldNames();
  const [field, setField] = useState<FilterField>("gate");
  const [isExcluded, setExcluded] = useState(false);
  const choices = useChoices(field);
  const [value, setValue] = useState("");
  const [isWrong, setWrong] = useState(false);
  const chosen = choices === undefined ? value.trim() : value === "" ? (choices[0]?.value ?? "") : value;
  const add = async () => {
    const ready = field === "address" ? await readAddress(chosen) : chosen;
    const isRight = ready !== undefined && isPossible({ field, value: ready });
    setWrong(!isRight);
    if (!isRight) return;
    onAdd({ field, value: ready, isExcluded });
    setValue("");
  };
  const change = (next: string) => {
    setValue(next);
    setWrong(false);
  };
  return (
    <search>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <NativeSelect
          className={classes.field}
          aria-label={t("field")}
          value={field}
          data={filterFields.map((name) => ({ value: name, label: names[name] }))}
          onChange={(event) => {
            setField(event.currentTarget.value as FilterField);
            change("");
          }}
        />
        <NativeSelect
          className={classes.sense}
          aria-label={t("sense")}
          value={isExcluded ? "not" : "is"}
          data={[
            { value: "is", label: field === "agent" ? t("contains") : t("is") },
            { value: "not", label: field === "agent" ? t("containsNot") : t("isNot") },
          ]}
          onChange={(event) => setExcluded(event.currentTarget.value === "not")}
        />
        {choices === undefined ? (
          <TextInput
            className={classes.value}
            data-page-search
            aria-label={names[field]}
            placeholder={names[field]}
            value={value}
            maxLength={256}
            error={isWrong ? t("valueWrong") : undefined}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => change(event.currentTarget.value)}
          />
        ) : (
          <NativeSelect
            className={classes.value}
            data-page-search
            aria-label={names[field]}
            value={chosen}
            data={choices}
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="default" leftSection={<Plus size={16} aria-hidden />}>
          {t("addFilter")}
        </Button>
      </form>
    </search>
  );
}

/** Reading addresses needs a library that the page does not need otherwise. */
async function readAddress(typed: string): Promise<string | undefined> {
  const { readNetwork } = await import("../../components/read-network.ts");
  return readNetwork(typed);
}

/** What a field can be, where that is a closed list. */
function useChoices(field: FilterField): { value: string; label: string }[] | undefined {
  const gateNames = useGateNames();
  const verdictNames = useVerdictNames();
  const country = useCountryName();
  const locale = useLocale();
  return useMemo(() => {
    switch (field) {
      case "gate":
        return gates.filter((gate) => gate !== "allowed").map((gate) => ({ value: gate, label: gateNames[gate] }));
      case "verdict":
        return eventKinds.map((kind) => ({ value: kind, label: verdictNames[kind] }));
      case "country": {
        const named = countryCodes.map((code) => ({ value: code, label: country(code) }));
        named.sort((one, other) => one.label.localeCompare(other.label, locale));
        return [{ value: UNKNOWN_COUNTRY, label: country("") }, ...named];
      }
      default:
        return undefined;
    }
  }, [field, gateNames, verdictNames, country, locale]);
}
