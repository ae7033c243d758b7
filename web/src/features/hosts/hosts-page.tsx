/** The hosts: each that runs the proxy, and the programs of this installation. */
"use client";
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { RefreshPicker } from "../../components/refresh-picker.tsx";
import { useRefresh } from "../../components/use-refresh.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { HostCard } from "./host-card.tsx";
import { ProgramsCard } from "./programs-card.tsx";

/** Shortest time between two looks at the programs. */
const PROGRAMS_EVERY_MS = 15_000;

export function HostsPage() {
  const t = useTranslations("hosts");
  const trpc = useTRPC();
  const refresh = useRefresh(5);
  const { refetchInterval } = refresh;
  const hosts = useQuery(trpc.hosts.list.queryOptions(undefined, { refetchInterval }));
  const programs = useQuery(
    trpc.services.list.queryOptions(undefined, {
      // To ask the process manager costs the server a program of its own each time.
      refetchInterval: refetchInterval === false ? false : Math.max(refetchInterval, PROGRAMS_EVERY_MS),
    }),
  );
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        <RefreshPicker
          refresh={refresh}
          updatedAtMs={hosts.dataUpdatedAt}
          isFetching={hosts.isFetching}
          onRefresh={() => Promise.all([hosts.refetch(), programs.refetch()])}
        />
      }
    >
      <Stack gap="md">
        <DataState
          query={hosts}
          isEmpty={(known) => known.length === 0}
          empty={{ title: t("noneTitle"), text: t("noneText") }}
        >
          {(known) => known.map((host) => <HostCard key={host.name} host={host} />)}
        </DataState>
        <DataState query={programs} skeletonRows={3}>
          {(known) => (
            <ProgramsCard
              programs={known}
              here={hosts.data?.find(({ isHere }) => isHere)}
              isStoreAnswering={!hosts.isError}
            />
          )}
        </DataState>
      </Stack>
    </PageFrame>
  );
}
