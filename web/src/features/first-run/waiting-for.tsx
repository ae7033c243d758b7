/** What a new installation waits for: what has happened, what has not, and how to send the first message. */
"use client";
import { Anchor, List, Paper, Text, Title } from "@mantine/core";
import type { Standing } from "@sipprot/shared/first-run";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import { writeTestLine } from "./test-line.ts";
import classes from "./waiting-card.module.css";

export interface WaitingForProps {
  readonly standing: Standing;
  readonly mayFinish: boolean;
  readonly isOver: boolean;
}

export function WaitingFor({ standing, mayFinish, isOver }: WaitingForProps) {
  const t = useTranslations("first-run");
  const line = standing.hasTraffic ? undefined : writeTestLine(standing.places, window.location.hostname);
  return (
    <Paper p="md" className={classes.card} component="section" aria-labelledby="waiting-title">
      <div role="status">
        <Title order={2} id="waiting-title">
          {standing.hasTraffic ? t("firstSeen") : t("waitingTitle")}
        </Title>
        {!standing.hasTraffic && <Text c="dimmed">{t("waitingText")}</Text>}
      </div>
      <List spacing={6} listStyleType="none" center>
        <Point isHeld={standing.isGateUp}>{standing.isGateUp ? t("checkGate") : t("checkGateMissing")}</Point>
        <Point isHeld={standing.hasTraffic}>{standing.hasTraffic ? t("checkTraffic") : t("checkTrafficMissing")}</Point>
        <Point isHeld={standing.hasAnswer}>{standing.hasAnswer ? t("checkPbx") : t("checkPbxMissing")}</Point>
        {mayFinish && (
          <Point isHeld={isOver}>
            {isOver ? t("checkSetup") : t("checkSetupMissing")}{" "}
            {!isOver && (
              <Anchor component={Link} href="/first-run" prefetch={false}>
                {t("resume")}
              </Anchor>
            )}
          </Point>
        )}
      </List>
      {line !== undefined && (
        <div>
          <Text>{t("testLine")}</Text>
          <div className={classes.line}>
            <code>{line}</code>
            <CopyButton text={line} label={t("copyLine")} />
          </div>
        </div>
      )}
    </Paper>
  );
}

/** Whether it holds is said by its words; the mark is for the eye. */
function Point({ isHeld, children }: { readonly isHeld: boolean; readonly children: ReactNode }) {
  return (
    <List.Item
      icon={
        isHeld ? (
          <CircleCheck size={18} color="var(--mantine-color-green-text)" aria-hidden />
        ) : (
          <CircleDashed size={18} color="var(--ink-soft)" aria-hidden />
        )
      }
    >
      {children}
    </List.Item>
  );
}
