/** One block: whom it refuses, its gate and numbers, its proof, and the messages that caused it. */
"use client";
import { Button } from "@mantine/core";
import type { BlockWithEvidence } from "@sipprot/shared/block-page";
import ChevronRight from "lucide-react/icons/chevron-right";
import dynamic from "next/dynamic";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { GateBadge } from "../../components/gate-badge.tsx";
import { ReasonText } from "../../components/reason-text.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { useMay } from "../../trpc/use-me.ts";
import classes from "./block-card.module.css";
import { BlockFacts } from "./block-facts.tsx";
import { useLift } from "./use-lift.ts";

const MessageList = dynamic(() => import("./message-list.tsx").then((module) => module.MessageList), { ssr: false });

export interface BlockCardProps {
  readonly block: BlockWithEvidence;
  /** What the page is about counts as; of a network, blocks of sources inside it are told too. */
  readonly source: string;
}

export function BlockCard({ block, source }: BlockCardProps) {
  const t = useTranslations("why");
  const may = useMay("operator");
  const lift = useLift();
  const { account } = block;
  return (
    <SectionCard
      title={
        account === undefined
          ? t("blockOfSource")
          : t.rich("blockOfAccount", { account: () => <WireText text={account} /> })
      }
      actions={
        may && (
          <Button
            variant="default"
            size="compact-sm"
            loading={lift.isBusy}
            onClick={() => void lift.ask([block.key], account ?? block.source)}
          >
            {t("liftThis")}
          </Button>
        )
      }
    >
      <div className={classes.block} data-block={block.key}>
        {block.source !== source && <AddressLink address={block.source} />}
        <p className={classes.reason} data-tell>
          <GateBadge gate={block.gate} /> <ReasonText reason={block.reason} />
        </p>
        <BlockFacts block={block} />
        <p className={classes.proof} data-tell>
          {block.proven ? t("proven") : t("notProven")}
        </p>
        <Evidence block={block} />
      </div>
    </SectionCard>
  );
}

function Evidence({ block: { evidence } }: { readonly block: BlockWithEvidence }) {
  const t = useTranslations("why");
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  if (evidence.length === 0) return <p className={classes.proof}>{t("noMessages")}</p>;
  return (
    <div>
      <Button
        variant="default"
        size="compact-sm"
        data-print="no"
        aria-expanded={isOpen}
        aria-controls={id}
        leftSection={<ChevronRight size={14} aria-hidden className={classes.chevron} data-open={isOpen} />}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? t("hideMessages") : t("showMessages", { count: evidence.length })}
      </Button>
      <div id={id}>{isOpen && <MessageList messages={evidence} />}</div>
    </div>
  );
}
