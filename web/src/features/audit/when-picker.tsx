/** Narrows the trail to a time: any, the last so long, or from a moment to another. */
"use client";
import { NativeSelect } from "@mantine/core";
import CalendarClock from "lucide-react/icons/calendar-clock";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { boundsOf, type RangePreset, readRange, type TimeRange } from "../../components/time-range.ts";

const FreeRangeDialog = dynamic(
  () => import("../../components/free-range-dialog.tsx").then((module) => module.FreeRangeDialog),
  { ssr: false },
);

const offered: readonly RangePreset[] = ["1h", "24h", "7d", "30d"];
const ANY = "";
const ASK = "ask";
const SHOWN = "shown";

export interface WhenPickerProps {
  readonly range: TimeRange | null;
  readonly onRange: (range: TimeRange | null) => void;
}

export function WhenPicker({ range, onRange }: WhenPickerProps) {
  const t = useTranslations("audit");
  const kit = useTranslations("kit");
  const format = useFormatter();
  const [isAsking, setAsking] = useState(false);
  const labels = { "1h": kit("last1h"), "24h": kit("last24h"), "7d": kit("last7d"), "30d": kit("last30d") };
  const free = range?.kind === "free" ? range : undefined;
  const current: TimeRange = range ?? { kind: "last", preset: "24h" };
  const choose = (value: string) => {
    if (value === ASK) setAsking(true);
    else if (value !== SHOWN) onRange(readRange(value));
  };
  return (
    <>
      <NativeSelect
        aria-label={t("when")}
        leftSection={<CalendarClock size={15} aria-hidden />}
        value={free !== undefined ? SHOWN : range?.kind === "last" ? range.preset : ANY}
        data={[
          { value: ANY, label: t("anyTime") },
          ...(free === undefined
            ? []
            : [
                {
                  value: SHOWN,
                  label: format.dateTimeRange(new Date(free.fromMs), new Date(free.toMs), {
                    dateStyle: "short",
                    timeStyle: "short",
                  }),
                },
              ]),
          ...offered.map((preset) => ({ value: preset, label: labels[preset as keyof typeof labels] })),
          { value: ASK, label: kit("rangeFree") },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {isAsking && (
        <FreeRangeDialog
          range={{ range: current, setRange: onRange, bounds: (nowMs) => boundsOf(current, nowMs) }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
