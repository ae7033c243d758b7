/** Who was refused most, from where and by which gate. */
"use client";
import { Table } from "@mantine/core";
import type { RankedSource } from "@sipprot/shared/stats";
import { useFormatter, useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CountryName } from "../../components/country-name.tsx";
import { GateBadge } from "../../components/gate-badge.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import styles from "./top-table.module.css";

export function SourcesCard({
  sources,
  isComplete,
}: {
  readonly sources: readonly RankedSource[];
  /** False where more came than are kept by name. */
  readonly isComplete: boolean;
}) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  return (
    <SectionCard title={t("sources")} note={isComplete ? undefined : t("sourcesIncomplete")}>
      {sources.length === 0 ? (
        <p className={styles.none}>{t("nothingRefused")}</p>
      ) : (
        <Table aria-label={t("sources")} className={styles.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("source")}</Table.Th>
              <Table.Th scope="col" className={styles.beside}>
                {t("country")}
              </Table.Th>
              <Table.Th scope="col">{t("reason")}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t("messages")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sources.map(({ source, country, gate, refused, wouldRefuse }) => (
              <Table.Tr key={source} data-source={source}>
                <Table.Td>
                  <AddressLink address={source} />
                  <span className={styles.under}>
                    <CountryName code={country} />
                  </span>
                </Table.Td>
                <Table.Td className={styles.beside}>
                  <CountryName code={country} />
                </Table.Td>
                <Table.Td>{gate !== undefined && <GateBadge gate={gate} />}</Table.Td>
                <Table.Td ta="end">{format.number(refused + wouldRefuse)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </SectionCard>
  );
}
