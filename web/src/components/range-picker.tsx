/** Chooses a range of time: the last so long, or free. */
"use client";
import { Button, Menu } from "@mantine/core";
import CalendarClock from "lucide-react/icons/calendar-clock";
import Check from "lucide-react/icons/check";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type RangePreset, rangePresets } from "./time-range.ts";
import type { Range } from "./use-range.ts";

const FreeRangeDialog = dynamic(() => import("./free-range-dialog.tsx").then((module) => module.FreeRangeDialog), {
  ssr: false,
});

export function RangePicker({ range }: { readonly range: Range }) {
  const t = useTranslations("kit");
  const format = useFormatter();
  const [isFree, setFree] = useState(false);
  const labels: Record<RangePreset, string> = {
    "15m": t("last15m"),
    "1h": t("last1h"),
    "6h": t("last6h"),
    "24h": t("last24h"),
    "7d": t("last7d"),
    "30d": t("last30d"),
  };
  const chosen = range.range;
  const label =
    chosen.kind === "last"
      ? labels[chosen.preset]
      : format.dateTimeRange(new Date(chosen.fromMs), new Date(chosen.toMs), {
          dateStyle: "short",
          timeStyle: "short",
        });
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<CalendarClock size={15} aria-hidden />}
            aria-label={t("rangeOf", { range: label })}
          >
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rangePresets.map((preset) => {
            const isChosen = chosen.kind === "last" && chosen.preset === preset;
            return (
              <Menu.Item
                key={preset}
                aria-current={isChosen || undefined}
                rightSection={isChosen ? <Check size={14} aria-hidden /> : undefined}
                onClick={() => range.setRange({ kind: "last", preset })}
              >
                {labels[preset]}
              </Menu.Item>
            );
          })}
          <Menu.Divider />
          <Menu.Item onClick={() => setFree(true)}>{t("rangeFree")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isFree && <FreeRangeDialog range={range} onClose={() => setFree(false)} />}
    </>
  );
}
