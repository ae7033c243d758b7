/** The audit trail: who changed what, when, from where, with what was there before and after. */
"use client";
import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import type { AuditRecord } from "@sipprot/shared/audit";
import { MAX_AUDIT_RECORDS } from "@sipprot/shared/redis-keys";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleX from "lucide-react/icons/circle-x";
import UserRound from "lucide-react/icons/user-round";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "../../components/data-column.ts";
import { DataTable } from "../../components/data-table.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { FilterBar } from "../../components/filter-bar.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { RefreshPicker } from "../../components/refresh-picker.tsx";
import { RoleGate } from "../../components/role-gate.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useRefresh } from "../../components/use-refresh.ts";
import { useTableState } from "../../components/use-table-state.ts";
import { WireText } from "../../components/wire-text.tsx";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";
import { useActionWords, useKindWords } from "./action-words.ts";
import { AuditDetails } from "./audit-details.tsx";
import { AuthorName } from "./author-name.tsx";
import { ExportAudit } from "./export-audit.tsx";
import { useAuditFilter } from "./use-audit-filter.ts";
import { WhenPicker } from "./when-picker.tsx";

/** As long as a pause between two keys of slow typing. */
const TYPING_PAUSE_MS = 300;

export function AuditPage() {
  const t = useTranslations("audit");
  return (
    <PageFrame title={t("title")} description={t("description", { most: MAX_AUDIT_RECORDS })}>
      <RoleGate needs="administrator" title={t("notForYou")} text={t("notForYouText")}>
        <Trail />
      </RoleGate>
    </PageFrame>
  );
}

function Trail() {
  const t = useTranslations("audit");
  const words = useActionWords();
  const kinds = useKindWords();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const refresh = useRefresh(0);
  const table = useTableState(["atMs"], { descending: true });
  const narrowing = useAuditFilter();
  const { by, kind, outcome, range, filterAt } = narrowing;
  const isFiltered = table.isFiltered || narrowing.isFiltered;
  const reset = () => {
    narrowing.reset();
    table.reset();
  };
  const change: typeof narrowing.change = (part) => {
    narrowing.change(part);
    table.setPage(0);
  };
  const trail = useQuery({
    // What is asked is named without the moment: each refresh asks up to its own.
    queryKey: [...trpc.audit.page.queryKey(), table.input, table.search, by, kind, outcome, range],
    queryFn: () => client.audit.page.query({ ...table.input, filter: filterAt(table.search, serverNowMs()) }),
    refetchInterval: refresh.refetchInterval,
    placeholderData: keepPreviousData,
  });
  const columns = useMemo<ReadonlyArray<DataColumn<AuditRecord, "atMs">>>(
    () => [
      { id: "at", header: t("time"), sort: "atMs", width: "13rem", cell: ({ atMs }) => <DateTime atMs={atMs} /> },
      { id: "by", header: t("who"), cell: (record) => <AuthorName by={record.by} /> },
      {
        id: "from",
        header: t("from"),
        cell: ({ from }) => (from === "" ? t("thisHost") : <WireText text={from} />),
      },
      {
        id: "action",
        header: t("what"),
        isTitle: true,
        cell: ({ action }) => <span title={action}>{words[action] ?? <WireText text={action} />}</span>,
      },
      {
        id: "outcome",
        header: t("outcome"),
        cell: (record) =>
          record.outcome === "done" ? (
            <StatusBadge icon={CircleCheck} color="green" label={t("done")} />
          ) : (
            <StatusBadge icon={CircleX} color="red" label={t("failedWith", { code: record.outcome })} />
          ),
      },
    ],
    [t, words],
  );
  return (
    <>
      <FilterBar
        search={table.search}
        onSearch={table.setSearch}
        searchLabel={t("search")}
        isFiltered={isFiltered}
        onReset={reset}
      >
        <AuthorFilter by={by} onBy={(next) => change({ by: next })} />
        <NativeSelect
          aria-label={t("what")}
          value={kind}
          data={[{ value: "", label: t("anything") }, ...kinds]}
          onChange={(event) => change({ kind: event.currentTarget.value })}
        />
        <NativeSelect
          aria-label={t("outcome")}
          value={outcome ?? ""}
          data={[
            { value: "", label: t("anyOutcome") },
            { value: "done", label: t("done") },
            { value: "failed", label: t("failed") },
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change({ outcome: value === "done" || value === "failed" ? value : null });
          }}
        />
        <WhenPicker range={range} onRange={(next) => change({ range: next })} />
        <RefreshPicker
          refresh={refresh}
          updatedAtMs={trail.dataUpdatedAt}
          isFetching={trail.isFetching}
          onRefresh={trail.refetch}
        />
      </FilterBar>
      <DataTable
        label={t("title")}
        query={trail}
        columns={columns}
        state={{ ...table, isFiltered, reset }}
        rowKey={({ id }) => id}
        rowLabel={({ action }) => words[action] ?? action}
        unfold={(record) => <AuditDetails record={record} />}
        empty={{ title: t("noneTitle"), text: t("noneText") }}
      />
      <ExportAudit filterAt={(nowMs) => filterAt(table.search, nowMs)} />
    </>
  );
}

/** Part of a name is enough; asked when the typing pauses. */
function AuthorFilter({ by, onBy }: { readonly by: string; readonly onBy: (by: string) => void }) {
  const t = useTranslations("audit");
  const [typed, setTyped] = useState(by);
  const tell = useDebouncedCallback(onBy, TYPING_PAUSE_MS);
  // The address may change without the box: back, reset, a link.
  useEffect(() => setTyped(by), [by]);
  return (
    <TextInput
      aria-label={t("who")}
      placeholder={t("anybody")}
      leftSection={<UserRound size={15} aria-hidden />}
      w={170}
      maxLength={200}
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}
