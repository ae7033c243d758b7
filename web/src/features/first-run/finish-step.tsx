/** The end of the first run: what was set, what was passed over, and on to the dashboard. */
"use client";
import { Button, List } from "@mantine/core";
import { firstRunSteps } from "@sipprot/shared/first-run";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import { useTranslations } from "use-intl";
import { StepFrame } from "./step-frame.tsx";
import { type StepOutcomes, useStepNames } from "./step-list.tsx";

export interface FinishStepProps {
  readonly outcomes: StepOutcomes;
  readonly isPending: boolean;
  readonly onBack: () => void;
  readonly onFinish: () => void;
}

export function FinishStep({ outcomes, isPending, onBack, onFinish }: FinishStepProps) {
  const t = useTranslations("first-run");
  const names = useStepNames();
  return (
    <StepFrame
      title={t("finishTitle")}
      description={t("finishText")}
      onBack={onBack}
      forward={
        <Button loading={isPending} onClick={onFinish}>
          {t("toDashboard")}
        </Button>
      }
    >
      <List spacing="xs" listStyleType="none" center>
        {firstRunSteps.map((step) => (
          <List.Item
            key={step}
            icon={
              outcomes.get(step) === "skipped" ? (
                <CircleDashed size={18} color="var(--ink-soft)" aria-hidden />
              ) : (
                <CircleCheck size={18} color="var(--mantine-color-green-text)" aria-hidden />
              )
            }
          >
            {outcomes.get(step) === "skipped" ? t("finishSkipped", { step: names[step] }) : names[step]}
          </List.Item>
        ))}
      </List>
    </StepFrame>
  );
}
