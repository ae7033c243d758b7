/** The numbers of a block. */
"use client";
import type { BlockWithEvidence } from "@sipprot/shared/block-page";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { DateTime } from "../../components/date-time.tsx";
import facts from "../../components/fact-list.module.css";
import { TimeLeft } from "../../components/time-left.tsx";
import { WireText } from "../../components/wire-text.tsx";

export function BlockFacts({ block }: { readonly block: BlockWithEvidence }) {
  const t = useTranslations("why");
  const format = useFormatter();
  const { sinceMs, untilMs, refused, strikes, inKernel, agent, endpoint, transport, host } = block;
  return (
    <dl className={facts.facts} data-tell>
      <Fact name={t("since")} value={<DateTime atMs={sinceMs} />} />
      <Fact name={t("until")} value={<DateTime atMs={untilMs} />} />
      <Fact name={t("left")} value={<TimeLeft untilMs={untilMs} />} />
      <Fact name={t("refused")} value={<span data-refused={refused}>{format.number(refused)}</span>} />
      <Fact name={t("strikes")} value={<span data-strikes={strikes}>{format.number(strikes)}</span>} />
      <Fact name={t("kernel")} value={inKernel ? t("inKernel") : t("notInKernel")} />
      <Fact name={t("agent")} value={<WireText text={agent} foldAfter={80} />} />
      <Fact
        name={t("endpoint")}
        value={
          <span translate="no">
            {endpoint} {transport.toUpperCase()}
          </span>
        }
      />
      <Fact name={t("host")} value={<span translate="no">{host}</span>} />
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <div className={facts.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
