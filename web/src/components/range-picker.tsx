/** Chooses a range of time: the last so long, or free. */
"use client";
import { NativeSelect } from "@mantine/core";
import CalendarClock from "lucide-react/icons/calendar-clock";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type RangePreset, rangePresets } from "./time-range.ts";
import type { Range } from "./use-range.ts";

const FreeRangeDialog = dynamic(() => import("./free-range-dialog.tsx").then((module) => module.FreeRangeDialog), {
  ssr: false,
});

/** Values of the select that are no preset. */
const SHOWN = "shown";
const ASK = "ask";

export function RangePicker({ range }: { readonly range: Range }) {
  const t = useTranslations("kit");
  const format = useFormatter();
  const [isAsking, setAsking] = useState(false);
  const labels: Record<RangePreset, string> = {
    "15m": t("last15m"),
    "1h": t("last1h"),
    "6h": t("last6h"),
    "24h": t("last24h"),
    "7d": t("last7d"),
    "30d": t("last30d"),
  };
  const chosen = range.range;
  const choose = (value: string) => {
    const preset = rangePresets.find((known) => known === value);
    if (preset === undefined) setAsking(value === ASK);
    else range.setRange({ kind: "last", preset });
  };
  const shown =
    chosen.kind === "last"
      ? []
      : [
          {
            value: SHOWN,
            label: format.dateTimeRange(new Date(chosen.fromMs), new Date(chosen.toMs), {
              dateStyle: "short",
              timeStyle: "short",
            }),
          },
        ];
  return (
    <>
      <NativeSelect
        aria-label={t("range")}
        leftSection={<CalendarClock size={15} aria-hidden />}
        value={chosen.kind === "last" ? chosen.preset : SHOWN}
        data={[
          ...shown,
          ...rangePresets.map((preset) => ({ value: preset, label: labels[preset] })),
          { value: ASK, label: t("rangeFree") },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {isAsking && <FreeRangeDialog range={range} onClose={() => setAsking(false)} />}
    </>
  );
}
