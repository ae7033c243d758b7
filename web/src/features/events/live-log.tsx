/** The log with what comes in on top: can be held still, ends while the tab is hidden, draws no more than can be read. */
"use client";
import { Button, Group, Text } from "@mantine/core";
import { useDocumentVisibility } from "@mantine/hooks";
import { testEvents } from "@sipprot/shared/event-filter";
import type { EventRow } from "@sipprot/shared/event-log";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useLiveEvents } from "../../trpc/use-live-events.ts";
import { withLiveRows } from "./live-rows.ts";
import { LogList, type LogListProps } from "./log-list.tsx";

/** More than this on top cannot be read; those before them are in the log. */
const SHOWN_LIVE = 100;

export function LiveLog({ rows, ...list }: LogListProps) {
  // What a hidden tab misses it asks the log for when it is seen again.
  const isVisible = useDocumentVisibility() !== "hidden";
  return isVisible ? <Following {...list} rows={rows} /> : <LogList {...list} rows={rows} />;
}

function Following({ rows, ...list }: LogListProps) {
  const t = useTranslations("events");
  const [isPaused, setPaused] = useState(false);
  const isWanted = useMemo(() => testEvents(list.filter.filter), [list.filter.filter]);
  const live = useLiveEvents(SHOWN_LIVE, isPaused, isWanted);
  // Drawn when there is time: a flood never keeps a key press waiting.
  const items = useDeferredValue(live.items);
  const merged = useMemo((): EventRow[] => withLiveRows(items, rows), [items, rows]);
  const states = {
    connecting: t("liveConnecting"),
    live: t("liveOn", { count: live.seen }),
    reconnecting: t("liveReconnecting"),
  };
  return (
    <>
      <Group gap="sm" data-live={live.state} data-print="no">
        <Button
          variant="default"
          size="compact-sm"
          leftSection={isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? t("goOn") : t("hold")}
        </Button>
        <Text component="span" c="dimmed" className="tabular">
          {isPaused ? t("held", { count: live.waiting }) : states[live.state]}
        </Text>
        {live.seen > items.length && items.length === SHOWN_LIVE && (
          <Text component="span" c="dimmed">
            {t("moreThanShown", { count: SHOWN_LIVE })}
          </Text>
        )}
      </Group>
      <LogList {...list} rows={merged} />
    </>
  );
}
