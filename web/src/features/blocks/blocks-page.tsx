/** The dynamic list: who is refused for now and why, lifted by hand. */
"use client";
import { ActionIcon, Button } from "@mantine/core";
import type { BlockRow } from "@sipprot/shared/block-page";
import { useQuery } from "@tanstack/react-query";
import ClockPlus from "lucide-react/icons/clock-plus";
import LockOpen from "lucide-react/icons/lock-open";
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { DataTable } from "../../components/data-table.tsx";
import { FilterBar } from "../../components/filter-bar.tsx";
import { GoneNote } from "../../components/gone-note.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { RefreshPicker } from "../../components/refresh-picker.tsx";
import { useDialog } from "../../components/use-dialog.ts";
import { escapeWire } from "../../components/wire-runs.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMay } from "../../trpc/use-me.ts";
import { useBlockColumns } from "./block-columns.tsx";
import { BlockDetails } from "./block-details.tsx";
import { BlockFilterFields } from "./block-filters.tsx";
import styles from "./blocks.module.css";
import { LiftNote } from "./lift-note.tsx";
import { useBlockQuery } from "./use-block-query.ts";
import { useLift } from "./use-lift.ts";

const AllowDialog = dynamic(() => import("./allow-dialog.tsx").then((module) => module.AllowDialog), { ssr: false });

const nameOf = ({ source, account }: BlockRow) => (account === undefined ? source : `${source} ${escapeWire(account)}`);

export function BlocksPage() {
  const t = useTranslations("blocks");
  const trpc = useTRPC();
  const mayLift = useMay("operator");
  const columns = useBlockColumns();
  const { state, filters, setFilter, filter, refresh, query, selection, gone } = useBlockQuery();
  const lift = useLift(selection);
  const dialog = useDialog<BlockRow>();
  const settings = useQuery(trpc.settings.get.queryOptions(undefined, { staleTime: 60_000 }));
  const isObserving = settings.data?.settings.mode === "observe";
  const total = query.data?.total ?? 0;
  return (
    <PageFrame title={t("title")} description={t("description")}>
      <div className={styles.bar}>
        <FilterBar
          search={state.search}
          onSearch={state.setSearch}
          searchLabel={t("search")}
          countries={state.countries}
          onCountries={state.setCountries}
          isFiltered={state.isFiltered}
          onReset={state.reset}
        >
          <BlockFilterFields filters={filters} onFilter={setFilter} />
        </FilterBar>
        <RefreshPicker
          refresh={refresh}
          updatedAtMs={query.dataUpdatedAt}
          isFetching={query.isFetching}
          onRefresh={query.refetch}
        />
      </div>
      <LiftNote isBusy={lift.isBusy} outcome={lift.outcome} onClose={lift.forgetOutcome} />
      <GoneNote gone={gone} />
      <section aria-label={t("title")} tabIndex={-1} data-focus-place className={styles.place}>
        <DataTable
          label={t("title")}
          query={query}
          columns={columns}
          state={state}
          rowKey={({ key }) => key}
          rowLabel={nameOf}
          unfold={(row) => <BlockDetails row={row} />}
          {...(mayLift
            ? {
                selection,
                selectionActions: (
                  <Button
                    size="compact-sm"
                    leftSection={<LockOpen size={14} aria-hidden />}
                    loading={lift.isBusy}
                    onClick={() => void lift.liftChosen(filter, total)}
                  >
                    {t("lift")}
                  </Button>
                ),
                rowActions: (row: BlockRow) => (
                  <span className={styles.rowActions}>
                    <ActionIcon
                      aria-label={t("liftRow", { row: nameOf(row) })}
                      title={t("lift")}
                      disabled={lift.isBusy}
                      onClick={() => void lift.liftOne(row)}
                    >
                      <LockOpen size={15} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t("allowRow", { row: nameOf(row) })}
                      title={t("liftAndAllow")}
                      disabled={lift.isBusy}
                      onClick={() => dialog.open(row)}
                    >
                      <ClockPlus size={15} aria-hidden />
                    </ActionIcon>
                  </span>
                ),
              }
            : {})}
          empty={{ title: t("noneTitle"), text: t("noneText") }}
          off={
            isObserving && total === 0 && !state.isFiltered
              ? { title: t("offTitle"), text: t("offText"), href: "/settings", linkLabel: t("offLink") }
              : undefined
          }
        />
      </section>
      {dialog.subject !== undefined && (
        <AllowDialog
          key={dialog.turn}
          row={dialog.subject}
          isShown={dialog.isShown}
          onClose={dialog.close}
          onAllow={(allowance) => void lift.liftAndAllow(allowance)}
        />
      )}
    </PageFrame>
  );
}
