/** Adds conditions one by one, shows those in force, and takes them away. */
"use client";
import { Button, Group } from "@mantine/core";
import X from "lucide-react/icons/x";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ConditionForm } from "./condition-form.tsx";
import classes from "./filter-form.module.css";
import { useConditionText } from "./use-condition-text.ts";
import type { LogFilter } from "./use-log-filter.ts";

export function FilterForm({ filter, children }: { readonly filter: LogFilter; readonly children: ReactNode }) {
  const t = useTranslations("events");
  const kit = useTranslations("kit");
  const textOf = useConditionText();
  const { conditions, add, remove, reset } = filter;
  return (
    <div className={classes.bar} data-print="no">
      <ConditionForm onAdd={add} />
      {conditions.length > 0 && (
        <Group gap="xs" role="group" aria-label={t("filters")}>
          {conditions.map((condition) => {
            const text = textOf(condition);
            return (
              <Button
                key={`${condition.field} ${condition.value}`}
                variant="light"
                {...(condition.isExcluded ? { color: "orange" } : {})}
                size="compact-sm"
                className={classes.chip}
                rightSection={<X size={14} aria-hidden />}
                aria-label={t("removeFilter", { filter: text })}
                onClick={() => remove(condition)}
              >
                {text}
              </Button>
            );
          })}
          <Button variant="subtle" size="compact-sm" onClick={reset}>
            {kit("reset")}
          </Button>
        </Group>
      )}
      <Group gap="xs">{children}</Group>
    </div>
  );
}
