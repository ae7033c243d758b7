/** What is kept, and for how long: told, as it cannot be changed. */
"use client";
import {
  COUNT_LIMITS,
  KNOWN_SOURCE_SECONDS,
  LIFTED_SECONDS,
  MAX_AUDIT_RECORDS,
  MAX_BLOCKS,
  MAX_EVENT_BATCHES,
  REGISTERED_SECONDS,
  STRIKES_SECONDS,
} from "@sipprot/shared/redis-keys";
import { useTranslations } from "use-intl";
import classes from "./facts.module.css";
import { GroupCard } from "./group-card.tsx";
import { useGroupNames } from "./use-setting-words.ts";

const DAY = 86_400;
const days = (seconds: number) => Math.round(seconds / DAY);

export function RetentionCard() {
  const t = useTranslations("settings");
  const { retention } = useGroupNames();
  const facts = [
    [t("keptEvents"), t("keptEventsFor", { count: MAX_EVENT_BATCHES })],
    [t("keptMinutes"), t("keptHours", { count: COUNT_LIMITS.minute.seconds / 3600 })],
    [t("keptHourly"), t("keptDays", { count: days(COUNT_LIMITS.hour.seconds) })],
    [t("keptDaily"), t("keptDays", { count: days(COUNT_LIMITS.day.seconds) })],
    [t("keptBlocks"), t("keptBlocksFor", { count: MAX_BLOCKS })],
    [t("keptStrikes"), t("keptDays", { count: days(STRIKES_SECONDS) })],
    [t("keptLifts"), t("keptDays", { count: days(LIFTED_SECONDS) })],
    [t("keptRegistered"), t("keptDays", { count: days(REGISTERED_SECONDS) })],
    [t("keptSources"), t("keptDays", { count: days(KNOWN_SOURCE_SECONDS) })],
    [t("keptAudit"), t("keptAuditFor", { count: MAX_AUDIT_RECORDS })],
    [t("keptLists"), t("keptUntilRemoved")],
  ] as const;
  return (
    <GroupCard id="group-retention" title={retention} description={t("retentionText")}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </GroupCard>
  );
}
