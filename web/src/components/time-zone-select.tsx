/** Chooses a time zone by its IANA name, with what it differs from UTC at this moment. */
"use client";
import { Select, type SelectProps } from "@mantine/core";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { timeZoneChoices } from "./time-zones.ts";

export interface TimeZoneSelectProps extends Omit<SelectProps, "data" | "value" | "onChange"> {
  readonly value: string;
  readonly onChange: (timeZone: string) => void;
  /** A first choice that is no zone: "as the browser says". Keep it stable (useMemo). */
  readonly first?: { readonly value: string; readonly label: string };
}

export function TimeZoneSelect({ value, onChange, first, ...others }: TimeZoneSelectProps) {
  const t = useTranslations("kit");
  const data = useMemo(() => {
    const zones = timeZoneChoices(Date.now(), value === first?.value ? undefined : value);
    return first === undefined ? zones : [first, ...zones];
  }, [value, first]);
  return (
    <Select
      searchable
      allowDeselect={false}
      maxDropdownHeight={260}
      nothingFoundMessage={t("noMatchTitle")}
      {...others}
      data={data}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}
