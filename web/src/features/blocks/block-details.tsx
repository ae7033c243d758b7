/** What is under an unfolded block: why, since when, by whom decided, and the messages that led to it. */
"use client";
import { Group, Text } from "@mantine/core";
import type { BlockRow } from "@sipprot/shared/block-page";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { DataState } from "../../components/data-state.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { Fact, FactList } from "../../components/fact-list.tsx";
import { ReasonText } from "../../components/reason-text.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { BlockMessages } from "./block-messages.tsx";
import styles from "./blocks.module.css";

/** Longer than any agent: unfolded, it is shown whole. */
const WHOLE = 1000;

export function BlockDetails({ row }: { readonly row: BlockRow }) {
  const t = useTranslations("blocks");
  const format = useFormatter();
  const trpc = useTRPC();
  // Its numbers go on; its messages stay what they were.
  const known = useQuery(trpc.blocks.evidence.queryOptions({ block: row.key }, { staleTime: 60_000 }));
  const { key: _, secondsLeft: __, explanation: ___, ...block } = known.data ?? row;
  return (
    <div className={styles.details}>
      <Text component="div" className={styles.reason}>
        <ReasonText reason={row.reason} />
      </Text>
      <FactList>
        <Fact name={t("agent")} value={<WireText text={row.agent} foldAfter={WHOLE} />} />
        <Fact name={t("beganAt")} value={<DateTime atMs={row.sinceMs} />} />
        <Fact name={t("endsAt")} value={<DateTime atMs={row.untilMs} />} />
        <Fact name={t("refused")} value={format.number(row.refused)} />
        <Fact name={t("strikes")} value={format.number(row.strikes)} />
        <Fact name={t("endpoint")} value={`${row.endpoint} (${row.transport.toUpperCase()})`} />
        <Fact name={t("host")} value={row.host} />
        <Fact name={t("where")} value={row.inKernel ? t("inKernel") : t("inProxy")} />
        <Fact name={t("proof")} value={row.proven ? t("provenText") : t("unprovenText")} />
      </FactList>
      <section aria-label={t("messages")}>
        <Text c="dimmed">{t("messagesNote")}</Text>
        <DataState
          query={known}
          skeletonRows={3}
          isEmpty={({ evidence }) => evidence.length === 0}
          empty={{ title: t("noMessagesTitle"), text: t("noMessagesText") }}
        >
          {({ evidence }) => <BlockMessages evidence={evidence} />}
        </DataState>
      </section>
      <Group gap="md">
        <CopyButton text={JSON.stringify(block, undefined, 2)} label={t("copyJson")} />
        <span>{t.rich("moreOf", { address: () => <AddressLink address={row.source} /> })}</span>
      </Group>
    </div>
  );
}
