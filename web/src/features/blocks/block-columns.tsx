/** The columns of the dynamic list. */
import type { BlockRow, blockSorts } from "@sipprot/shared/block-page";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CountryName } from "../../components/country-name.tsx";
import type { DataColumn } from "../../components/data-column.ts";
import { GateBadge } from "../../components/gate-badge.tsx";
import { TimeAgo } from "../../components/time-ago.tsx";
import { TimeLeft } from "../../components/time-left.tsx";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./blocks.module.css";
import { ProofMark } from "./proof-mark.tsx";

export type BlockSort = (typeof blockSorts)[number];
/** Characters of an agent in a row: the rest is unfolded. */
const AGENT_FOLD = 40;

export function useBlockColumns(): ReadonlyArray<DataColumn<BlockRow, BlockSort>> {
  const t = useTranslations("blocks");
  const format = useFormatter();
  return useMemo(
    () => [
      {
        id: "address",
        header: t("address"),
        sort: "address",
        isTitle: true,
        width: "9.5rem",
        cell: ({ source, account }) => (
          <>
            <AddressLink address={source} />
            {account !== undefined && (
              <span className={styles.account}>
                {t.rich("onlyAccount", { account: () => <WireText text={account} foldAfter={AGENT_FOLD} /> })}
              </span>
            )}
          </>
        ),
      },
      {
        id: "country",
        header: t("country"),
        sort: "country",
        width: "8.5rem",
        cell: ({ place }) => <CountryName code={place.code} />,
      },
      {
        id: "agent",
        header: t("agent"),
        sort: "agent",
        cell: ({ agent }) => <WireText text={agent} foldAfter={AGENT_FOLD} />,
      },
      {
        id: "gate",
        header: t("reason"),
        sort: "gate",
        width: "8rem",
        cell: ({ gate }) => <GateBadge gate={gate} />,
      },
      {
        id: "refused",
        header: t("refused"),
        sort: "refused",
        align: "end",
        width: "5.25rem",
        cell: ({ refused }) => format.number(refused),
      },
      { id: "proof", header: t("proof"), width: "6.5rem", cell: ({ proven }) => <ProofMark isProven={proven} /> },
      {
        id: "since",
        header: t("since"),
        sort: "since",
        width: "7.5rem",
        cell: ({ sinceMs }) => <TimeAgo atMs={sinceMs} />,
      },
      {
        id: "until",
        header: t("left"),
        sort: "until",
        align: "end",
        width: "6.5rem",
        cell: ({ untilMs }) => <TimeLeft untilMs={untilMs} />,
      },
    ],
    [t, format],
  );
}
