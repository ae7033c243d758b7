/** The dashboard: everything of one range of time, narrowed by one filter, asked for at one pace. */
"use client";
import { Skeleton, Stack } from "@mantine/core";
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { RangePicker } from "../../components/range-picker.tsx";
import { RefreshPicker } from "../../components/refresh-picker.tsx";
import { useRange } from "../../components/use-range.ts";
import { useRefresh } from "../../components/use-refresh.ts";
import { WaitingCard } from "../first-run/waiting-card.tsx";
import { AgentsCard } from "./agents-card.tsx";
import { CountriesCard } from "./countries-card.tsx";
import styles from "./dashboard.module.css";
import { EndpointsCard } from "./endpoints-card.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { HealthCard } from "./health-card.tsx";
import { NumberTiles } from "./number-tiles.tsx";
import { SourcesCard } from "./sources-card.tsx";
import { TimelineCard } from "./timeline-card.tsx";
import { useBlocksInForce, useProtection, useWindowStats } from "./use-dashboard-data.ts";
import { useStatsFilter } from "./use-stats-filter.ts";

const LiveCard = dynamic(() => import("./live-card.tsx").then((module) => module.LiveCard), {
  ssr: false,
  loading: () => <Skeleton height={240} radius="md" />,
});

export function DashboardPage() {
  const t = useTranslations("dashboard");
  const range = useRange();
  const refresh = useRefresh();
  const filter = useStatsFilter();
  const stats = useWindowStats(range, filter, refresh);
  const blocks = useBlocksInForce(filter, refresh);
  const { hosts, settings } = useProtection(refresh);
  const refreshAll = () => Promise.all([stats, blocks, hosts, settings].map(({ refetch }) => refetch()));
  const { country, gate, endpoint } = filter.filter;
  return (
    <PageFrame
      title={t("title")}
      actions={
        <>
          <RangePicker range={range} />
          <RefreshPicker
            refresh={refresh}
            updatedAtMs={stats.dataUpdatedAt}
            isFetching={stats.isFetching}
            onRefresh={refreshAll}
          />
        </>
      }
    >
      <Stack gap="md">
        <WaitingCard />
        <DataState query={hosts} skeletonRows={1}>
          {(known) => <HealthCard hosts={known} mode={settings.data?.settings.mode ?? "protect"} />}
        </DataState>
        <FilterChips filter={filter} />
        <DataState query={stats} skeletonRows={12}>
          {(known) => (
            <div className={styles.widgets} aria-busy={stats.isPlaceholderData}>
              <NumberTiles stats={known} blocksInForce={blocks.data} />
              <TimelineCard
                stats={known}
                gate={gate}
                onGate={(next) => filter.change({ gate: next })}
                onZoom={(stretch) => range.setRange({ kind: "free", ...stretch })}
              />
              <CountriesCard
                countries={known.countries}
                chosen={country}
                onChoose={(next) => filter.change({ country: next })}
              />
              <div className={styles.pair}>
                <SourcesCard sources={known.sources} isComplete={known.sourcesAreComplete} />
                <Stack gap="md">
                  <EndpointsCard
                    endpoints={known.endpoints}
                    chosen={endpoint}
                    onChoose={(next) => filter.change({ endpoint: next })}
                  />
                  <AgentsCard agents={known.agents} total={known.now.refused + known.now.wouldRefuse} />
                </Stack>
              </div>
            </div>
          )}
        </DataState>
        <LiveCard filter={filter.filter} />
      </Stack>
    </PageFrame>
  );
}
