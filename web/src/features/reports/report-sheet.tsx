/** The report itself: host, date, each attacker with what it did to whom, and the total. */
"use client";
import { Button, Group, NativeSelect, Text } from "@mantine/core";
import type { Report, ReportRow } from "@sipprot/shared/report";
import SearchX from "lucide-react/icons/search-x";
import { useMemo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CountryName } from "../../components/country-name.tsx";
import type { DataColumn } from "../../components/data-column.ts";
import { Fact, FactList } from "../../components/fact-list.tsx";
import { FilterBar } from "../../components/filter-bar.tsx";
import { PlainTable } from "../../components/plain-table.tsx";
import { PlainTableSum } from "../../components/plain-table-sum.tsx";
import { StateCard } from "../../components/state-card.tsx";
import { useCountryName } from "../../components/use-country-name.ts";
import { WireText } from "../../components/wire-text.tsx";
import { arrangeRows, type ReportOrder, rowName, sumOfBlocks } from "./report-rows.ts";

/** Lines drawn before somebody asks for all: a report may have twenty thousand. */
const FIRST_LINES = 500;

export function ReportSheet({ report }: { readonly report: Report }) {
  const t = useTranslations("reports");
  const format = useFormatter();
  const nameOf = useCountryName();
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<ReportOrder>("victim");
  const [isWhole, setWhole] = useState(false);
  const { rows, host, date, total, unnamed } = report;
  const arranged = useMemo(() => arrangeRows(rows, search, order, nameOf), [rows, search, order, nameOf]);
  const shown = isWhole ? arranged : arranged.slice(0, FIRST_LINES);
  const columns = useMemo<ReadonlyArray<DataColumn<ReportRow>>>(
    () => [
      { id: "attacker", header: t("attacker"), isTitle: true, cell: (row) => <AddressLink address={row.attacker} /> },
      { id: "country", header: t("country"), cell: (row) => <CountryName code={row.country} /> },
      { id: "method", header: t("method"), cell: (row) => <WireText text={row.method} /> },
      { id: "victim", header: t("victim"), cell: (row) => <WireText text={row.victim} /> },
      { id: "blocks", header: t("blocks"), align: "end", cell: (row) => format.number(row.blocks) },
    ],
    [t, format],
  );
  const isNarrowed = search !== "";
  return (
    <>
      <FactList>
        <Fact name={t("host")} value={<span translate="no">{host}</span>} />
        <Fact
          name={t("date")}
          value={`${format.dateTime(new Date(date), { dateStyle: "full", timeZone: "UTC" })} (UTC)`}
        />
        <Fact name={t("refusedInAll")} value={<output data-total>{format.number(total)}</output>} />
      </FactList>
      <FilterBar
        search={search}
        onSearch={setSearch}
        searchLabel={t("search")}
        isFiltered={isNarrowed}
        onReset={() => setSearch("")}
      >
        <NativeSelect
          aria-label={t("order")}
          value={order}
          data={[
            { value: "victim", label: t("orderVictim") },
            { value: "blocks", label: t("orderBlocks") },
            { value: "country", label: t("orderCountry") },
          ]}
          onChange={(event) => setOrder(event.currentTarget.value as ReportOrder)}
        />
      </FilterBar>
      {shown.length === 0 ? (
        <StateCard icon={SearchX} title={t("noMatch")} />
      ) : (
        <PlainTable
          label={t("title")}
          columns={columns}
          rows={shown}
          rowKey={rowName}
          footer={
            <>
              {unnamed > 0 && !isNarrowed && (
                <PlainTableSum columns={columns.length} label={t("others")} count={unnamed} />
              )}
              {isNarrowed && (
                <PlainTableSum
                  columns={columns.length}
                  label={t("found", { count: arranged.length })}
                  count={sumOfBlocks(arranged)}
                />
              )}
              <PlainTableSum columns={columns.length} label={t("total")} count={total} />
            </>
          }
        />
      )}
      {unnamed > 0 && <Text c="dimmed">{t("othersNote")}</Text>}
      {arranged.length > shown.length && (
        <Group data-print="no">
          <Text c="dimmed">{t("linesShown", { shown: shown.length, count: arranged.length })}</Text>
          <Button variant="default" size="compact-sm" onClick={() => setWhole(true)}>
            {t("showAll")}
          </Button>
        </Group>
      )}
    </>
  );
}
