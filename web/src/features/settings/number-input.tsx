/** A number with its unit; a time with a choice of units. */
"use client";
import { Group, NativeSelect, NumberInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Typed } from "./draft.ts";
import { type DurationUnit, splitUnit } from "./duration-unit.ts";
import classes from "./setting-row.module.css";

export interface NumberFieldProps {
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly value: Typed;
  readonly unit: string;
  readonly error: string | undefined;
  readonly onChange: (value: number | undefined) => void;
}

export function NumberField({ labelledBy, describedBy, value, unit, error, onChange }: NumberFieldProps) {
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <NumberInput
        className={classes.number}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        value={typeof value === "number" ? value : ""}
        error={error}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        inputMode="numeric"
        onChange={(typed) => onChange(typeof typed === "number" ? typed : undefined)}
      />
      <span className={classes.unit}>{unit}</span>
    </Group>
  );
}

export function DurationField(props: Omit<NumberFieldProps, "unit">) {
  const { labelledBy, describedBy, value, error, onChange } = props;
  const t = useTranslations("settings");
  const seconds = typeof value === "number" ? value : 0;
  const [unit, setUnit] = useState<DurationUnit>(() => splitUnit(seconds).unit);
  // A value that came from elsewhere, such as the default, may not be whole in the unit that is shown.
  const shownUnit = seconds % unit === 0 ? unit : splitUnit(seconds).unit;
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <NumberInput
        className={classes.number}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        value={typeof value === "number" ? value / shownUnit : ""}
        error={error}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        inputMode="numeric"
        onChange={(typed) => onChange(typeof typed === "number" ? typed * shownUnit : undefined)}
      />
      <NativeSelect
        aria-label={t("unitOfTime")}
        value={String(shownUnit)}
        data={[
          ...(shownUnit === 1 ? [{ value: "1", label: t("unitSeconds") }] : []),
          { value: "60", label: t("unitMinutes") },
          { value: "3600", label: t("unitHours") },
          { value: "86400", label: t("unitDays") },
        ]}
        onChange={(event) => {
          const next = Number(event.currentTarget.value) as DurationUnit;
          setUnit(next);
          if (typeof value === "number") onChange((value / shownUnit) * next);
        }}
      />
    </Group>
  );
}
