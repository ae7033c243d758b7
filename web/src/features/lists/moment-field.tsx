/** Picks a moment to come, by the wall clock of the reader's time zone; loaded when it is asked for. */
"use client";
import "@mantine/dates/styles.layer.css";
import { DatesProvider, DateTimePicker } from "@mantine/dates";
import { useLocale, useTimeZone, useTranslations } from "use-intl";
import { fromWallTime, toWallTime } from "../../components/wall-time.ts";
import "dayjs/locale/fr";

export interface MomentFieldProps {
  readonly atMs: number | undefined;
  readonly onMoment: (atMs: number | undefined) => void;
  readonly error: string | undefined;
}

export function MomentField({ atMs, onMoment, error }: MomentFieldProps) {
  const t = useTranslations("lists");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return (
    <DatesProvider settings={{ locale }}>
      <DateTimePicker
        label={t("moment")}
        description={timeZone}
        valueFormat="LL LT"
        dropdownType="popover"
        required
        value={atMs === undefined ? null : toWallTime(atMs, timeZone)}
        onChange={(text) => onMoment(text === null ? undefined : fromWallTime(text, timeZone))}
        error={error}
      />
    </DatesProvider>
  );
}
