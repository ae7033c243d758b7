/** How often the page asks anew, when it last did, and a button to do it now. */
"use client";
import { ActionIcon, Group, NativeSelect, Text } from "@mantine/core";
import RefreshCw from "lucide-react/icons/refresh-cw";
import { useFormatter, useTranslations } from "use-intl";
import { readRefresh, refreshSeconds } from "./refresh.ts";
import classes from "./refresh-picker.module.css";
import type { Refresh } from "./use-refresh.ts";

export interface RefreshPickerProps {
  readonly refresh: Refresh;
  /** When what is shown was loaded; 0 before it was. */
  readonly updatedAtMs: number;
  readonly isFetching: boolean;
  readonly onRefresh: () => unknown;
}

export function RefreshPicker({ refresh, updatedAtMs, isFetching, onRefresh }: RefreshPickerProps) {
  const t = useTranslations("kit");
  const format = useFormatter();
  return (
    <Group gap={4} wrap="nowrap" data-print="no">
      {updatedAtMs > 0 && (
        <Text className={classes.updated}>
          {t("updatedAt", { time: format.dateTime(new Date(updatedAtMs), { timeStyle: "medium" }) })}
        </Text>
      )}
      <NativeSelect
        aria-label={t("refreshEvery")}
        value={String(refresh.seconds)}
        data={refreshSeconds.map((seconds) => ({
          value: String(seconds),
          label:
            seconds === 0
              ? t("refreshOff")
              : seconds < 60
                ? t("everySeconds", { seconds })
                : t("everyMinutes", { minutes: seconds / 60 }),
        }))}
        onChange={(event) => refresh.setSeconds(readRefresh(event.currentTarget.value) ?? 0)}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t("refreshNow")}
        title={t("refreshNow")}
        onClick={() => onRefresh()}
      >
        <RefreshCw size={16} aria-hidden className={isFetching ? classes.turning : undefined} />
      </ActionIcon>
    </Group>
  );
}
