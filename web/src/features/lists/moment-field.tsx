/** Picks a moment to come, by the wall clock of the reader's time zone; loaded when it is asked for. */
"use client";
import { useTimeZone, useTranslations } from "use-intl";
import { MomentInput } from "../../components/moment-input.tsx";
import { fromWallTime, toWallTime } from "../../components/wall-time.ts";

export interface MomentFieldProps {
  readonly atMs: number | undefined;
  readonly onMoment: (atMs: number | undefined) => void;
  readonly error: string | undefined;
}

export function MomentField({ atMs, onMoment, error }: MomentFieldProps) {
  const t = useTranslations("lists");
  const timeZone = useTimeZone() ?? "UTC";
  return (
    <MomentInput
      label={t("moment")}
      description={timeZone}
      value={atMs === undefined ? null : toWallTime(atMs, timeZone)}
      onChange={(text) => onMoment(text === null ? undefined : fromWallTime(text, timeZone))}
      error={error}
    />
  );
}
