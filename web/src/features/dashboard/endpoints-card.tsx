/** Which protected address is attacked most. */
"use client";
import type { Counted } from "@sipprot/shared/stats";
import { useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { RankedList } from "./ranked-list.tsx";
import styles from "./top-table.module.css";

export function EndpointsCard({
  endpoints,
  chosen,
  onChoose,
}: {
  readonly endpoints: readonly Counted[];
  readonly chosen: string | undefined;
  readonly onChoose: (endpoint: string | undefined) => void;
}) {
  const t = useTranslations("dashboard");
  const rows = endpoints.map(({ name, refused, wouldRefuse }) => ({
    key: name,
    label: <span translate="no">{name}</span>,
    count: refused + wouldRefuse,
  }));
  return (
    <SectionCard title={t("endpoints")} note={t("endpointsNote")}>
      {rows.length === 0 ? (
        <p className={styles.none}>{t("nothingRefused")}</p>
      ) : (
        <RankedList
          label={t("endpoints")}
          rows={rows}
          total={rows.reduce((sum, { count }) => sum + count, 0)}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
    </SectionCard>
  );
}
