/** Who was refused most, from where and by which gate. */
"use client";
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
        <table aria-label={t("sources")} className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("source")}</th>
              <th scope="col" className={styles.beside}>
                {t("country")}
              </th>
              <th scope="col">{t("reason")}</th>
              <th scope="col" className={styles.end}>
                {t("messages")}
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map(({ source, country, gate, refused, wouldRefuse }) => (
              <tr key={source} data-source={source}>
                <td>
                  <AddressLink address={source} />
                  <span className={styles.under}>
                    <CountryName code={country} />
                  </span>
                </td>
                <td className={styles.beside}>
                  <CountryName code={country} />
                </td>
                <td>{gate !== undefined && <GateBadge gate={gate} />}</td>
                <td className={styles.end}>{format.number(refused + wouldRefuse)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SectionCard>
  );
}
