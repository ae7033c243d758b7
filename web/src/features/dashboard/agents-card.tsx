/** Which user agents the refused messages named. */
"use client";
import type { RankedAgent } from "@sipprot/shared/stats";
import { useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { RankedList } from "./ranked-list.tsx";
import styles from "./top-table.module.css";

/** As much of a name as fits a line; the rest unfolds. */
const FOLD_AFTER = 60;

export function AgentsCard({ agents, total }: { readonly agents: readonly RankedAgent[]; readonly total: number }) {
  const t = useTranslations("dashboard");
  return (
    <SectionCard title={t("agents")} note={t("agentsNote")}>
      {agents.length === 0 ? (
        <p className={styles.none}>{t("nothingRefused")}</p>
      ) : (
        <RankedList
          label={t("agents")}
          rows={agents.map(({ agent, refused, wouldRefuse }) => ({
            key: agent,
            label: agent === "" ? t("noAgent") : <WireText text={agent} foldAfter={FOLD_AFTER} />,
            count: refused + wouldRefuse,
          }))}
          total={total}
        />
      )}
    </SectionCard>
  );
}
