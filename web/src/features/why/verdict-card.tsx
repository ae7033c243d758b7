/** What would happen to a message from the address now, in words for somebody who never heard of SIP, and what to do. */
"use client";
import { Title } from "@mantine/core";
import type { Explanation } from "@sipprot/shared/block-page";
import Ban from "lucide-react/icons/ban";
import CircleCheck from "lucide-react/icons/circle-check";
import UserX from "lucide-react/icons/user-x";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { VerdictBadge } from "../../components/verdict-badge.tsx";
import { AdviceText } from "./advice-text.tsx";
import classes from "./verdict-card.module.css";
import { VerdictSentence } from "./verdict-sentence.tsx";

const looks: Record<Explanation["verdict"], { readonly icon: typeof Ban; readonly tone: "red" | "orange" | "green" }> =
  {
    allowed: { icon: CircleCheck, tone: "green" },
    denied: { icon: Ban, tone: "red" },
    blocked: { icon: Ban, tone: "red" },
    "country-refused": { icon: Ban, tone: "red" },
    "account-blocked": { icon: UserX, tone: "orange" },
    "judged-by-message": { icon: CircleCheck, tone: "green" },
  };

export function VerdictCard({ known, children }: { readonly known: Explanation; readonly children: ReactNode }) {
  const t = useTranslations("why");
  const titleId = useId();
  const { icon: Icon, tone } = looks[known.verdict];
  const isRefused = tone === "red" || known.verdict === "account-blocked";
  return (
    <section className={classes.card} data-tone={tone} data-verdict={known.verdict} aria-labelledby={titleId}>
      <span className={classes.sign}>
        <Icon size={28} aria-hidden />
      </span>
      <div className={classes.words}>
        <div className={classes.badges}>
          <VerdictBadge verdict={known.verdict} />
        </div>
        <Title order={2} id={titleId} className={classes.sentence} data-tell>
          <VerdictSentence known={known} />
        </Title>
        {known.isObserving && isRefused && (
          <p className={classes.observing} data-tell>
            {t("observing")}
          </p>
        )}
        <p className={classes.advice} data-tell>
          <AdviceText known={known} />
        </p>
        {children}
      </div>
    </section>
  );
}
