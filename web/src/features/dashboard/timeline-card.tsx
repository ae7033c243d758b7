/** The timeline with its legend, which chooses a gate, and its table. */
"use client";
import { Button } from "@mantine/core";
import type { Gate } from "@sipprot/shared/gate";
import type { WindowStats } from "@sipprot/shared/window-stats";
import ChartColumnStacked from "lucide-react/icons/chart-column-stacked";
import Table from "lucide-react/icons/table";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { useGateNames } from "../../components/use-gate-name.ts";
import { GateLegend } from "./gate-legend.tsx";
import { type Stretch, Timeline } from "./timeline/timeline.tsx";
import { sumStep } from "./timeline/timeline-layout.ts";

const TimelineTable = dynamic(() => import("./timeline/timeline-table.tsx").then((module) => module.TimelineTable), {
  ssr: false,
});

export function TimelineCard({
  stats,
  gate,
  onGate,
  onZoom,
}: {
  readonly stats: Pick<WindowStats, "timeline" | "stepMs" | "gates" | "fromMs" | "toMs">;
  readonly gate: Gate | undefined;
  readonly onGate: (gate: Gate | undefined) => void;
  readonly onZoom: (stretch: Stretch) => void;
}) {
  const t = useTranslations("dashboard");
  const gateNames = useGateNames();
  const format = useFormatter();
  const [isTable, setTable] = useState(false);
  const isQuiet = stats.timeline.every((step) => sumStep(step) === 0);
  const stretch = format.dateTimeRange(new Date(stats.fromMs), new Date(stats.toMs), {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <SectionCard
      title={gate === undefined ? t("timeline") : t("timelineOfGate", { gate: gateNames[gate] })}
      note={isQuiet ? t("timelineQuiet", { stretch }) : stretch}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          aria-pressed={isTable}
          leftSection={isTable ? <ChartColumnStacked size={14} aria-hidden /> : <Table size={14} aria-hidden />}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? t("asChart") : t("asTable")}
        </Button>
      }
    >
      {isTable ? (
        <TimelineTable steps={stats.timeline} stepMs={stats.stepMs} />
      ) : (
        <Timeline stats={stats} onZoom={onZoom} />
      )}
      <GateLegend gates={stats.gates} chosen={gate} onChoose={onGate} />
    </SectionCard>
  );
}
