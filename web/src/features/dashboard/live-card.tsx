/** Decisions as they are made, narrowed like the rest of the page; can be held still, and ends while the tab is hidden. */
"use client";
import { Button } from "@mantine/core";
import { useDocumentVisibility } from "@mantine/hooks";
import type { StatsFilter } from "@sipprot/shared/window-stats";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { LiveList } from "./live-list.tsx";

export function LiveCard({ filter }: { readonly filter: StatsFilter }) {
  const t = useTranslations("dashboard");
  const [isPaused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const isVisible = useDocumentVisibility() !== "hidden";
  return (
    <SectionCard
      title={t("live")}
      note={isPaused ? t("livePaused", { count: waiting }) : t("liveNote")}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          leftSection={isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? t("liveResume") : t("livePause")}
        </Button>
      }
    >
      {isVisible && <LiveList filter={filter} isPaused={isPaused} onWaiting={setWaiting} />}
    </SectionCard>
  );
}
