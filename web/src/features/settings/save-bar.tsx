/** What is not saved yet, at the foot of the page for as long as there is something. */
"use client";
import { Button, Group } from "@mantine/core";
import { useTranslations } from "use-intl";
import classes from "./save-bar.module.css";

export interface SaveBarProps {
  readonly changes: number;
  readonly mistakes: number;
  readonly conflicts: number;
  readonly isRestored: boolean;
  readonly onDiscard: () => void;
  readonly onReview: () => void;
}

export function SaveBar({ changes, mistakes, conflicts, isRestored, onDiscard, onReview }: SaveBarProps) {
  const t = useTranslations("settings");
  return (
    <section className={classes.bar} aria-label={t("unsaved")} data-print="no">
      <div role="status" className={classes.words}>
        <strong>{t("changeCount", { count: changes })}</strong>
        {mistakes > 0 && <span className={classes.wrong}>{t("mistakeCount", { count: mistakes })}</span>}
        {conflicts > 0 && <span className={classes.wrong}>{t("conflictCount", { count: conflicts })}</span>}
        {isRestored && mistakes + conflicts === 0 && <span>{t("restored")}</span>}
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button variant="default" onClick={onDiscard}>
          {t("discard")}
        </Button>
        <Button onClick={onReview}>{t("review")}</Button>
      </Group>
    </section>
  );
}
