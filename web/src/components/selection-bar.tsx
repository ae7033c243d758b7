/** What is chosen in a table, and what can be done with it; all that match are chosen from here. */
"use client";
import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./selection-bar.module.css";
import type { RowSelection } from "./use-selection.ts";

export interface SelectionBarProps {
  readonly selection: RowSelection;
  readonly pageKeys: readonly string[];
  readonly total: number;
  readonly children?: ReactNode;
}

export function SelectionBar({ selection, pageKeys, total, children }: SelectionBarProps) {
  const t = useTranslations("kit");
  const count = selection.count(total);
  if (count === 0) return null;
  const change = selection.change(total);
  const isPageChosen = pageKeys.length > 0 && pageKeys.every(selection.has);
  return (
    <Group className={classes.bar} gap="sm" justify="space-between" data-print="no">
      <Group gap="sm">
        <Text component="output" fw={600}>
          {t("chosen", { count })}
        </Text>
        {isPageChosen && selection.chosen.kind === "some" && total > count && (
          <Button variant="subtle" size="compact-sm" onClick={() => selection.chooseAll(total)}>
            {t("chooseAll", { count: total })}
          </Button>
        )}
        <Button variant="subtle" size="compact-sm" color="gray" onClick={selection.clear}>
          {t("chooseNone")}
        </Button>
        {change !== 0 && (
          <Text role="status" className={classes.changed}>
            {t("chosenChanged", { count: Math.abs(change), direction: change > 0 ? "more" : "fewer" })}
          </Text>
        )}
      </Group>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
